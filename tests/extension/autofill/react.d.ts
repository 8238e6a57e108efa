/** The little of React that the tests of controlled fields use; its own types are another package for one file. */
declare module "react" {
  export interface ReactElement {
    readonly type: unknown;
  }
  export interface ChangeEvent<E> {
    readonly target: E;
  }
  export interface KeyboardEvent {
    readonly key: string;
  }
  export function createElement(
    type: string | (() => ReactElement),
    props?: object | null,
    children?: ReactElement[],
  ): ReactElement;
  export function useRef<T>(initial: T): { current: T };
  export function useState<T>(initial: T): [T, (next: T) => void];
}

declare module "react-dom/client" {
  import type { ReactElement } from "react";

  export function createRoot(container: Element): { render(element: ReactElement): void; unmount(): void };
}
