/** The part of Alpine's CSP build that our screens use. */
interface Alpine {
  data(name: string, make: (...args: any[]) => object): void;
  store(name: string): any;
  store(name: string, value: any): void;
  reactive<T extends object>(value: T): T;
  effect(run: () => void): void;
  nextTick(run?: () => void): Promise<void>;
  initTree(root: Element): void;
  start(): void;
}
declare const alpine: Alpine;
export { alpine as Alpine };
export default alpine;
