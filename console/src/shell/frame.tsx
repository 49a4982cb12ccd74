import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../language";
import { shell } from "../messages/shell";
import { Button } from "../parts/button";
import { Icon, Mark, type IconName } from "../parts/icon";
import { HOME } from "../places";
import { useSession } from "../session/session";
import { Tastes } from "./tastes";

const PLACES: readonly { name: "today" | "pools" | "audit"; href: string; icon: IconName }[] = [
  { name: "today", href: HOME, icon: "today" },
  { name: "pools", href: `${HOME}/pools`, icon: "pools" },
  { name: "audit", href: `${HOME}/audit`, icon: "audit" },
];

/** What stands around every view. */
export function Frame({ children }: { children: ComponentChildren }) {
  const t = useWords(shell);
  const { path } = useLocation();
  const { name, role, signOut } = useSession();
  const [open, setOpen] = useState(false);
  const content = useRef<HTMLElement>(null);
  const first = useRef(true);

  useEffect(() => {
    setOpen(false);
    if (first.current) {
      first.current = false;
      return;
    }
    // A new view: a screen reader begins at its heading, the eye at its top.
    window.scrollTo(0, 0);
    content.current?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }, [path]);

  const isHere = (href: string): boolean => (href === HOME ? path === HOME : path.startsWith(href));
  return (
    <div class="frame">
      <a class="skip" href="#content">
        {t.skip}
      </a>
      <header class={`side ${open ? "open" : ""}`}>
        <div class="top">
          <a class="brand" href={HOME}>
            <Mark />
            app2wxapp
          </a>
          <span class="menu-button">
            <Button
              kind="quiet"
              icon={open ? "close" : "menu"}
              label={t.menu}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            />
          </span>
        </div>
        <nav aria-label={t.main}>
          {PLACES.map((place) => (
            <a key={place.name} class="place" href={place.href} aria-current={isHere(place.href) ? "page" : undefined}>
              <Icon name={place.icon} />
              {t[place.name]}
            </a>
          ))}
        </nav>
        <div class="foot">
          <div class="who">
            <span class="grow break">
              <strong>{name}</strong> <span class="soft">· {t[role]}</span>
            </span>
            <Button kind="quiet" size="small" icon="out" label={t.signOut} onClick={() => void signOut()} />
          </div>
          <Tastes />
        </div>
      </header>
      <main class="content" id="content" ref={content} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
