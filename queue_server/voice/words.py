"""The words that counters are named with in Indonesian halls, each said by a clip of its own.

A name with a word that stands nowhere here, and is no number, letter or abbreviation, is not spoken: ``queue-server
check`` says so. A word is added in three steps: here, its sound in ``config/build/voice_synthesis.py`` (or a
recording), and ``make_voice.py --add``.
"""

COUNTER = "loket"

# Where somebody is sent: a name that begins with one of these needs no *loket* before it.
_PLACES = """
aula bagian balai bidang bilik blok gedung gerai kamar kantor kasir kios klinik konter lantai lobi meja poli pojok
pos pintu resepsionis ruang ruangan seksi stan teller tenda unit zona
"""
PLACES = frozenset(_PLACES.split()) | {COUNTER}

# What is said of a place, or stands in its name.
_OTHERS = """
administrasi akta anak antrean arsip atas barat baru bawah belakang bank bantuan berkas biru cetak dalam dan data
depan difabel disabilitas foto haji hijau hukum ibu imigrasi informasi izin jari kanan kartu kecil keluarga
kependudukan kerja kesehatan khusus kiri konsultasi kuning lansia layanan luar mandiri merah nikah obat pajak paspor
pelayanan pembayaran pendaftaran pengaduan pengambilan penyerahan perekaman perizinan prioritas putih rekam samsat
selatan sidik sim sosial tamu tanah tengah terpadu tiket timur umum usaha utama utara verifikasi wawancara
"""
WORDS = PLACES | frozenset(_OTHERS.split())

# Other spellings, English and Sundanese ones among them, of a word that is said as the second.
SAME = {
    "counter": "konter", "stand": "stan", "antrian": "antrean", "rohangan": "ruangan", "lobby": "lobi",
    "pendaptaran": "pendaftaran", "ijin": "izin", "perijinan": "perizinan",
}  # fmt: skip

# A number written in Roman figures; a single letter is a letter.
_FIGURES = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
ROMAN = {figure: value for value, figure in enumerate(_FIGURES.split(), start=1) if len(figure) > 1}

# What stands between two numbers: *Loket 20-1* is not *Loket 21*.
BETWEEN = {"-": "strip", "–": "strip", "/": "garis miring", ".": "titik", ",": "titik", ":": "titik"}
