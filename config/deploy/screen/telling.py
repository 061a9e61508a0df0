"""What the screen says itself while the server's page cannot be shown, in Indonesian and English."""

import html
import sys
import time

# What is the matter, by the browser's own word for it (its beginning) or ours: for people, in two languages.
CONNECTING = ("Menghubungkan ke server antrean …", "Connecting to the queue server …")
TROUBLE = {
    "ERR_CERT_DATE": (
        "Sertifikat server tidak berlaku pada tanggal komputer ini. Periksa tanggal dan jam komputer ini, lalu "
        "sertifikat server.",
        "The server's certificate is not valid on this computer's date. Check this computer's date and time, then the "
        "server's certificate.",
    ),
    "ERR_CERT_COMMON_NAME": (
        "Sertifikat server dibuat untuk nama lain daripada alamat layar ini.",
        "The server's certificate was made for another name than this screen's address.",
    ),
    "ERR_CERT": (
        "Komputer ini tidak mempercayai sertifikat server. Teknisi perlu memasang sertifikat itu di komputer ini.",
        "This computer does not trust the server's certificate. A technician must install it on this computer.",
    ),
    "ERR_SSL": (
        "Server tidak berbicara HTTPS dengan benar. Periksa alamat layar ini: http atau https?",
        "The server does not speak HTTPS as it should. Check this screen's address: http or https?",
    ),
    "name": (
        "Nama server tidak ditemukan di jaringan. Periksa kabel jaringan, lalu alamat layar ini.",
        "The server's name is not known in this network. Check the network cable, then this screen's address.",
    ),
    "refused": (
        "Komputer server menyala, tetapi program antrean tidak berjalan.",
        "The server computer is on, but the queue program is not running.",
    ),
    "network": (
        "Server tidak dapat dicapai. Periksa kabel jaringan, switch, dan apakah komputer server menyala.",
        "The server cannot be reached. Check the network cable, the switch, and whether the server computer is on.",
    ),
    "answer": (
        "Yang menjawab di alamat ini bukan server antrean, atau server sedang sakit.",
        "What answers at this address is not the queue server, or the server is ill.",
    ),
    "address": (
        "Server tidak mengenal alamat layar ini. Periksa alamatnya di /etc/antrean-screen.",
        "The server does not know this screen's address. Check it in /etc/antrean-screen.",
    ),
    "": (
        "Halaman antrean tidak dapat dibuka. Layar ini terus mencoba.",
        "The queue page cannot be opened. This screen keeps trying.",
    ),
}

LOCAL = """<!doctype html><html lang="id"><meta charset="utf-8"><title>Antrean</title>
<style>
html { height: 100%; background: #12263f; color: #fff; font: 700 3.2vmin/1.4 system-ui, sans-serif; cursor: none }
body { min-height: 100%; margin: 0; display: flex; flex-direction: column; justify-content: center; padding: 0 8vw;
  box-sizing: border-box }
h1 { font-size: 6vmin; line-height: 1.2; margin: 0 0 4vmin }
p { margin: 0 0 3vmin } [lang=en], small { font-weight: 400; color: #cfd9e6 } small { font-size: 2.2vmin }
</style><body>WORDS</body></html>"""


def log(words: str) -> None:
    """For the journal."""
    print(f"kiosk-browser: {words}", file=sys.stderr, flush=True)


def local_page(trouble: str | None, origin: str) -> str:
    """The page shown instead; ``trouble`` None: it is not known yet that there is any."""
    if trouble is None:
        return LOCAL.replace("WORDS", f"<h1>{CONNECTING[0]}</h1><p lang=en>{CONNECTING[1]}</p>")
    id, en = next(words for key, words in TROUBLE.items() if trouble.startswith(key))
    clock = time.strftime("%d-%m-%Y %H.%M")
    words = (
        f"<h1>Layar antrean ini belum tersambung</h1><p>{id}</p><p>Pengunjung: silakan bertanya di meja informasi.</p>"
        f"<p lang=en>This queue screen is not connected. {en} Visitors: please ask at the information desk.</p>"
        f"<small>{html.escape(origin)} · {html.escape(trouble)} · {clock}</small>"
    )
    return LOCAL.replace("WORDS", words)
