import { render } from "preact";
import { App } from "./app";
import "./styles/console.css";
import { applyTheme } from "./theme";

applyTheme();
const root = document.querySelector("#console");
if (root) render(<App />, root);
