/** The part of socket.io-client that our screens use. */
export interface Socket {
  readonly id?: string;
  readonly connected: boolean;
  /** Connected, or retried by the library itself. */
  readonly active: boolean;
  auth: object | ((give: (data: object) => void) => void);
  /** The manager; `engine` is the line that it has or opens. */
  io: { on(event: string, hear: (...args: any[]) => void): void; opts: Record<string, unknown>; engine?: Engine };
  on(event: string, hear: (...args: any[]) => void): Socket;
  off(event?: string, hear?: (...args: any[]) => void): Socket;
  onAny(hear: (event: string, ...args: any[]) => void): Socket;
  emit(event: string, ...args: any[]): Socket;
  connect(): Socket;
  disconnect(): Socket;
}
export interface Engine {
  once(event: string, hear: (...args: any[]) => void): void;
  off(event: string, hear: (...args: any[]) => void): void;
  emit(event: string, ...args: any[]): void;
}
export interface Options {
  path?: string;
  transports?: string[];
  auth?: object | ((give: (data: object) => void) => void);
  query?: Record<string, string>;
  autoConnect?: boolean;
  forceNew?: boolean;
  upgrade?: boolean;
  withCredentials?: boolean;
  reconnection?: boolean;
  reconnectionAttempts?: number;
  reconnectionDelay?: number;
  reconnectionDelayMax?: number;
  randomizationFactor?: number;
  timeout?: number;
}
export function io(options?: Options): Socket;
export function io(url: string, options?: Options): Socket;
export default io;
