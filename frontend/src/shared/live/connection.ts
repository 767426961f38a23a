import { delay } from "./backoff.ts";
import { type Frame, type Hello, SIGNED_OUT, type Sight, type Watch } from "./frames.ts";
import type { LiveStore } from "./store.ts";
import { Watching } from "./watching.ts";

/** The server ticks every 15 s: two missing ticks and the socket is dead, whatever it says. */
const SILENCE = 35_000;
/** After a sleep, timers run late; a socket this silent is not believed. */
const SILENCE_AFTER_WAKING = 16_000;
const WATCH_EVERY = 5_000;
const SLEPT = 12_000;

/** Keeps one socket open for the page's life, and tells the store all it hears. */
export class LiveConnection {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;
  private watched = Date.now();
  private opened = 0;
  private stopped = true;

  readonly watching = new Watching((users) => this.send({ type: "watch", users }));

  private readonly store: LiveStore;
  private readonly url: string;

  constructor(store: LiveStore, url: string) {
    this.store = store;
    this.url = url;
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.watched = Date.now();
    this.watch = setInterval(this.look, WATCH_EVERY);
    addEventListener("online", this.wake);
    addEventListener("offline", this.offline);
    document.addEventListener("visibilitychange", this.seen);
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    clearInterval(this.watch);
    removeEventListener("online", this.wake);
    removeEventListener("offline", this.offline);
    document.removeEventListener("visibilitychange", this.seen);
    this.abandon();
  }

  /** Try now instead of when the pause ends. */
  hurry(): void {
    if (this.stopped || this.socket) return;
    clearTimeout(this.retry);
    this.connect();
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.opened = Date.now();
    socket.onopen = () => {
      const { stream, n } = this.store.get();
      const watch = this.watching.now();
      const last = stream === null ? null : n;
      this.send({ type: "hello", stream, last, watch, visible: visible() });
    };
    socket.onmessage = (message: MessageEvent<string>) => this.hear(message.data);
    socket.onclose = (event) => {
      if (this.socket === socket) this.lose(event.code);
    };
  }

  /** Unless there is no connection: the next one begins with what is watched then. */
  private send(said: Hello | Watch | Sight): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(said));
  }

  private hear(data: string): void {
    const frame = JSON.parse(data) as Frame;
    this.store.take(frame, Date.now());
    if (this.store.get().broken) this.lose(null);
    else if (frame.type === "snapshot" || frame.type === "resumed") this.attempt = 0;
  }

  private lose(code: number | null): void {
    this.abandon();
    if (code === SIGNED_OUT) {
      this.store.dispatch({ type: "signedOut" });
      this.stop();
      return;
    }
    this.store.dispatch({ type: "lost" });
    const pause = delay(this.attempt, code, Math.random());
    this.attempt += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.hurry(), pause);
  }

  private abandon(): void {
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private readonly look = (): void => {
    const now = Date.now();
    const slept = now - this.watched > SLEPT;
    this.watched = now;
    this.check(now, slept ? SILENCE_AFTER_WAKING : SILENCE);
  };

  private readonly seen = (): void => {
    this.send({ type: "sight", visible: visible() });
    this.wake();
  };

  private readonly wake = (): void => {
    if (document.visibilityState === "hidden") return;
    this.check(Date.now(), SILENCE_AFTER_WAKING);
    this.hurry();
  };

  private readonly offline = (): void => {
    if (this.socket) this.lose(null);
  };

  private check(now: number, silence: number): void {
    const heard = Math.max(this.store.get().heard ?? 0, this.opened);
    if (this.socket && now - heard > silence) this.lose(null);
  }
}

function visible(): boolean {
  return document.visibilityState === "visible";
}
