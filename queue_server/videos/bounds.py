"""What a video for walls may be: for the server, which takes it, and the worker, which encodes it anew."""

TYPES = {"video/mp4": "mov", "video/webm": "matroska"}  # what is taken -> how the decoder calls its container
FILM_TYPE = "video/webm"
CODECS = {  # of pictures, of sound
    "video/mp4": (("h264",), ("aac", "mp3")),
    "video/webm": (("vp8", "vp9"), ("opus", "vorbis")),
}
LEAST, MOST_PIXELS = 200, 3840 * 2160  # px of either side; of a whole picture
LEAST_S = 3
ROOM = (1280, 720)  # px: what a wall without a chip for it still decodes; its place on the largest wall is 1600 × 900
RATE = 25  # pictures a second, whatever came
MOST_RATE = 121  # pictures a second that are decoded at all
KEPT_BYTES_PER_S = 300_000  # of what leaves, at the very most: twice what the encoder aims at

SOURCE, WANTED, OUTCOME, FILM, POSTER = "source", "wanted.json", "outcome.json", "film.webm", "poster.jpg"


class Refused(Exception):
    """It is no video for a wall; the argument is the reason, one of ``REASONS``."""


REASONS = (
    *("no_video", "other_things", "other_streams", "other_codecs", "video_too_long", "video_too_short"),
    *("video_too_large", "video_too_small", "video_flashes", "video_too_heavy"),
)
