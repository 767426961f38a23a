import type { Sound } from "../../shared/api/types.generated.ts";

/** One tone: when it begins and how long it lasts, in seconds, and its pitch in Hz. */
type Tone = { at: number; lasts: number; pitch: number };
type Melody = { tones: readonly Tone[]; every: number };

/** What is heard again and again while a call rings: nothing is fetched, the browser makes the tones. */
const MELODIES: Record<Exclude<Sound, "off">, Melody> = {
  bell: {
    tones: [
      { at: 0, lasts: 1.2, pitch: 988 },
      { at: 0, lasts: 0.9, pitch: 1482 },
    ],
    every: 3,
  },
  chime: {
    tones: [
      { at: 0, lasts: 0.7, pitch: 659 },
      { at: 0.35, lasts: 1.1, pitch: 523 },
    ],
    every: 3.5,
  },
  pulse: {
    tones: [0, 0.4, 1.2, 1.6].map((at) => ({ at, lasts: 0.25, pitch: 440 })),
    every: 4,
  },
};
const LOUD = 0.25;
const SILENT = 0.0001;

export const SOUNDS: readonly Sound[] = ["off", ...(Object.keys(MELODIES) as Sound[])];

let context: AudioContext | null = null;

/** Plays it once, as somebody may want to hear it before choosing. */
export function playOnce(sound: Sound): void {
  if (sound === "off") return;
  context ??= new AudioContext();
  // A page that nobody has touched yet stays silent: browsers want a click or a key before.
  void context.resume();
  for (const tone of MELODIES[sound].tones) play(context, tone);
}

/** Plays it until the answer is called. */
export function ring(sound: Sound): () => void {
  if (sound === "off") return () => undefined;
  playOnce(sound);
  const again = setInterval(() => playOnce(sound), MELODIES[sound].every * 1000);
  return () => {
    clearInterval(again);
    // What has begun ends at once: somebody answers.
    void context?.close();
    context = null;
  };
}

function play(audio: AudioContext, { at, lasts, pitch }: Tone): void {
  const begin = audio.currentTime + at;
  const end = begin + lasts;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(SILENT, begin);
  volume.gain.exponentialRampToValueAtTime(LOUD, begin + 0.02);
  volume.gain.exponentialRampToValueAtTime(SILENT, end);
  tone.connect(volume).connect(audio.destination);
  tone.start(begin);
  tone.stop(end);
}
