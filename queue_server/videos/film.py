"""The film that leaves: VP8 and Opus in WebM, of pictures and sound alone, as large as a wall needs."""

from fractions import Fraction
from typing import Any, ClassVar

import av
import numpy as np
from av.filter import Graph

from .bounds import FILM, KEPT_BYTES_PER_S, LEAST_S, MOST_PIXELS, MOST_RATE, POSTER, RATE, ROOM, Refused
from .flashes import COLUMNS, ROWS, Flashes

_HZ = 48_000  # of Opus
_SILENT = 0.001  # of the loudest there can be
_POSTER_WITHIN_S = 5  # the picture that stands for the film is the one of these with most to be seen


class Film:
    """Takes decoded pictures and sound in whatever order, and writes them. Raises Refused as it sees why."""

    _video_how: ClassVar = {
        **{"deadline": "realtime", "cpu-used": "6", "lag-in-frames": "0", "auto-alt-ref": "0"},
        **{"crf": "16", "qmin": "4", "qmax": "48", "error-resilient": "0"},
    }

    def __init__(self, video: Any, sound: Any, most_s: int) -> None:
        self._most_s, self._pictures, self._decoded, self._heard, self._samples = most_s, 0, 0, False, 0
        self._flashes, self._most_seen, self._from = Flashes(RATE), -1.0, None
        self._graph: Any = None
        self._shape: tuple[int, int, str] | None = None
        # No clock, no random ids: the same file twice makes the same film twice.
        how = {"fflags": "+bitexact", "cues_to_front": "1"}
        self._file: Any = av.open(FILM, "w", format="webm", options=how)
        self._video = self._file.add_stream("libvpx", rate=RATE, options=self._video_how)
        self._video.codec_context.thread_count = 1
        self._sound = self._file.add_stream("libopus", rate=_HZ, layout="stereo") if sound is not None else None
        if self._sound is not None:
            self._sound.bit_rate = 96_000
        self._resampler = av.AudioResampler(format="s16", layout="stereo", rate=_HZ)
        self._begins = float((video.start_time or 0) * video.time_base)
        self._waiting: list[Any] = []  # sound that came before the first picture, whose size the file begins with

    def take(self, frame: Any) -> None:
        """The next picture, or piece of sound."""
        if isinstance(frame, av.VideoFrame):
            self._take_picture(frame)
        elif self._sound is not None and frame.time is not None:
            self._take_sound(frame)

    def close(self) -> dict[str, Any]:
        """What was made."""
        if self._graph is None:
            raise Refused("no_video")
        self._graph.push(None)
        self._drain()
        if self._pictures < LEAST_S * RATE:
            raise Refused("video_too_short")
        self._write(self._video.encode(None))
        if self._sound is not None:
            for piece in self._resampler.resample(None):
                self._encode_sound(piece)
            self._write(self._sound.encode(None))
        self._file.close()
        size = {"width": self._video.width, "height": self._video.height}
        return {"ms": self._pictures * 1000 // RATE, "sound": self._heard, **size}

    def _take_picture(self, frame: Any) -> None:
        self._decoded += 1
        if frame.time is None:
            raise Refused("no_video")
        at = frame.time - self._begins
        if at > self._most_s or self._decoded > self._most_s * MOST_RATE:
            raise Refused("video_too_long")
        shape = (frame.width, frame.height, frame.format.name)
        if frame.width * frame.height > MOST_PIXELS:
            raise Refused("video_too_large")
        if self._graph is None:
            self._begin(frame)
            self._shape = shape
        if shape != self._shape:  # no camera does that; the filters are made for one
            raise Refused("no_video")
        self._graph.push(frame)
        self._drain()

    def _begin(self, first: Any) -> None:
        """Upright, no larger than a wall needs, with square points and even sides."""
        turned = int(getattr(first, "rotation", 0)) % 360
        points = first.sample_aspect_ratio if getattr(first, "sample_aspect_ratio", None) else Fraction(1)
        width, height = max(1.0, float(first.width * (points or 1))), float(first.height)
        if turned in (90, 270):
            width, height = height, width
        part = min(1.0, ROOM[0] / width, ROOM[1] / height)
        width, height = (max(16, round(side * part / 2) * 2) for side in (width, height))
        graph = Graph()
        came = {"width": first.width, "height": first.height, "format": first.format, "time_base": first.time_base}
        parts = [graph.add_buffer(**came)]
        turns = {90: ["cclock"], 180: ["clock", "clock"], 270: ["clock"]}.get(turned, [])
        parts += [graph.add("transpose", one) for one in turns]
        parts += [graph.add("fps", f"{RATE}"), graph.add("scale", f"{width}:{height}"), graph.add("setsar", "1")]
        parts += [graph.add("format", "yuv420p"), graph.add("buffersink")]
        graph.link_nodes(*parts).configure()
        self._graph = graph
        self._video.width, self._video.height, self._video.pix_fmt = width, height, "yuv420p"
        context = self._video.codec_context
        context.bit_rate, context.gop_size = KEPT_BYTES_PER_S * 8 * 2 // 3, 2 * RATE

    def _drain(self) -> None:
        while True:
            try:
                frame = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            if self._pictures >= self._most_s * RATE:
                raise Refused("video_too_long")
            if self._flashes.add(frame.reformat(COLUMNS, ROWS, "gray").to_ndarray()):
                raise Refused("video_flashes")
            self._look_for_poster(frame)
            frame.pts, frame.time_base = self._pictures, Fraction(1, RATE)
            frame.pict_type = 0
            self._pictures += 1
            self._write(self._video.encode(frame))
            for piece in self._waiting:
                self._encode_sound(piece)
            self._waiting = []

    def _look_for_poster(self, frame: Any) -> None:
        if self._pictures % RATE or self._pictures > _POSTER_WITHIN_S * RATE:
            return
        seen = float(np.std(frame.reformat(160, 90, "gray").to_ndarray()))
        if seen > self._most_seen:
            self._most_seen = seen
            frame.to_image().save(POSTER, "JPEG", quality=92)

    def _take_sound(self, frame: Any) -> None:
        at = frame.time - self._begins
        if not -1 <= at <= self._most_s + 1 or self._samples > (self._most_s + 2) * _HZ:
            return  # it belongs to no picture
        for piece in self._resampler.resample(frame):
            if self._pictures:
                self._encode_sound(piece)
            else:
                self._waiting.append(piece)

    def _encode_sound(self, piece: Any) -> None:
        self._samples += piece.samples
        self._heard = self._heard or bool(np.abs(piece.to_ndarray().astype(np.int32)).max() > _SILENT * 32768)
        piece.pts = piece.pts - round(self._begins * _HZ) if piece.pts is not None else None
        self._write(self._sound.encode(piece))

    def _write(self, packets: Any) -> None:
        for packet in packets:
            self._file.mux(packet)
