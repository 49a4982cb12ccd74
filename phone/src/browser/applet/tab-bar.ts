import type { TabBar } from "../../package-format";

/** WeChat's bar at the foot of tab pages. */
export function createTabBar(
  { list, color = "", selectedColor = "", backgroundColor = "" }: TabBar,
  open: (path: string) => void,
) {
  const bar = document.createElement("nav");
  bar.className = "tab-bar";
  bar.hidden = true;
  bar.style.background = backgroundColor;
  const tabs = list.map(({ pagePath, text }) => {
    const tab = document.createElement("button");
    tab.textContent = text;
    tab.addEventListener("click", () => open(pagePath));
    bar.append(tab);
    return { pagePath, tab };
  });
  document.documentElement.append(bar);
  return {
    /** Shows the bar if this page has one. */
    show(path: string): void {
      bar.hidden = tabs.every(({ pagePath }) => pagePath !== path);
      document.documentElement.classList.toggle("has-tab-bar", !bar.hidden);
      for (const { pagePath, tab } of tabs) {
        tab.style.color = pagePath === path ? selectedColor : color;
        tab.setAttribute("aria-current", pagePath === path ? "page" : "false");
      }
    },
  };
}
