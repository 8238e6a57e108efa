import { render } from "preact";
import { browser } from "../../platform/browser.ts";

render(<p>{browser.runtime.id}</p>, document.getElementById("root") as HTMLElement);
