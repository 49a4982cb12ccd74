import type { BuiltInNode } from "./built-in-node";

/** A finger on it shows, and lifts. */
export function hover(node: BuiltInNode): void {
  const element = node.$$;
  const name = () => String(node.data["hoverClass"] || "none");
  const set = (on: boolean) => {
    if (name() !== "none" && !node.data["disabled"]) element.classList.toggle(name(), on);
  };
  element.addEventListener("pointerdown", () => set(true));
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) element.addEventListener(end, () => set(false));
}

/** The keyboard and screen readers reach it: a plain role unless the applet names one. */
export function pressable(node: BuiltInNode, role: string): void {
  const element = node.$$;
  if (!element.hasAttribute("role")) element.setAttribute("role", role);
  element.tabIndex = 0;
  element.addEventListener("keydown", (event) => {
    if (event.target !== element || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    node.triggerEvent("tap", { x: 0, y: 0 }, { bubbles: true, composed: true });
  });
}

export function scrollable(node: BuiltInNode): void {
  node.$$.style.overflowX = node.data["scrollX"] ? "auto" : "hidden";
  node.$$.style.overflowY = node.data["scrollY"] ? "auto" : "hidden";
  node.$$.tabIndex = 0;
  node.$$.addEventListener("scroll", () =>
    node.triggerEvent("scroll", { scrollTop: node.$$.scrollTop, scrollLeft: node.$$.scrollLeft }),
  );
}
