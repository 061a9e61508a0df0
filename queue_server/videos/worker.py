"""The process that decodes a video and encodes it anew: ``python -m queue_server.videos.worker``, in its own folder.

The decoder is a large piece of native code that reads what a stranger may have made. So it runs apart from the server,
behind everybody else, with an end to its memory, time and disk and without a secret in its environment; and what leaves
is no byte of what came. A hostile file can end this process and nothing else.

It reads ``WANTED`` and ``SOURCE`` and writes ``FILM``, ``POSTER`` and, last, ``OUTCOME``: what it made, or
``{"refused": reason}``.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from ..behind import end_first, step_back
from .bounds import CODECS, KEPT_BYTES_PER_S, LEAST, MOST_PIXELS, OUTCOME, SOURCE, TYPES, WANTED, Refused

_MEMORY = 2 * 1024**3  # of addresses; a picture of 3840 × 2160 is 12 MB, a decoder holds some dozens


def main() -> None:
    """Work in the present folder, and say what came of it."""
    wanted = json.loads(Path(WANTED).read_text())
    _step_back(wanted)
    Path(OUTCOME).write_text(json.dumps(made(wanted)))
    os._exit(0)  # a decoder that was left in the middle may hang in its farewell


def _step_back(wanted: dict[str, Any]) -> None:
    """Last in line for the processor: nobody waits for it with a finger on a key."""
    bounds = {
        resource.RLIMIT_AS: _MEMORY,
        resource.RLIMIT_CPU: wanted["cpu_s"],
        resource.RLIMIT_FSIZE: (wanted["most_s"] + 1) * KEPT_BYTES_PER_S,
        resource.RLIMIT_NOFILE: 64,
    }
    step_back(19, bounds)
    end_first()


def made(wanted: dict[str, Any]) -> dict[str, Any]:
    """Work on ``SOURCE`` of the present folder, and say what came of it."""
    try:
        return _made(wanted)
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": "video_too_heavy"}
    except Exception as error:  # whatever a broken or hostile file makes of a decoder: it is no video
        sys.stderr.write(repr(error))
        return {"refused": "no_video"}


def _made(wanted: dict[str, Any]) -> dict[str, Any]:
    import av  # here, so that all of it is loaded within the bounds

    from .film import Film

    av.logging.set_level(av.logging.PANIC)
    # The container is named: a playlist, which names other files and addresses, is never tried. Nor is any protocol.
    with av.open(SOURCE, format=TYPES[wanted["type"]], options={"protocol_whitelist": "file"}) as came:
        video, sound = _streams(came, wanted)
        film = Film(video, sound, wanted["most_s"])
        for packet in came.demux([one for one in (video, sound) if one is not None]):
            for frame in packet.decode():
                film.take(frame)
        return film.close()


def _streams(came: Any, wanted: dict[str, Any]) -> tuple[Any, Any]:
    """The one video and the sound, if there is one: looked at before anything is decoded."""
    videos, sounds = came.streams.video, came.streams.audio
    if not videos:
        raise Refused("no_video")
    if len(came.streams) != len(videos) + len(sounds) or len(videos) != 1 or len(sounds) > 1:
        raise Refused("other_streams")
    video, sound = videos[0], sounds[0] if sounds else None
    seen, heard = CODECS[wanted["type"]]
    if video.codec.canonical_name not in seen or (sound is not None and sound.codec.canonical_name not in heard):
        raise Refused("other_codecs")
    if video.width * video.height > MOST_PIXELS:
        raise Refused("video_too_large")
    if min(video.width, video.height) < LEAST:
        raise Refused("video_too_small")
    if _says_too_long(came, wanted["most_s"]):
        raise Refused("video_too_long")
    video.thread_count = 1
    return video, sound


def _says_too_long(came: Any, most_s: int) -> bool:
    """As the file says; whether that is true is seen when it is decoded."""
    return bool((came.duration or 0) > most_s * 1_000_000)


if __name__ == "__main__":
    main()
