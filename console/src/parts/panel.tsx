import type { ComponentChildren } from "preact";
import { useEffect, useId } from "preact/hooks";
import { Icon } from "./icon";

interface PanelProps {
  title: string;
  /** For links to it. */
  id?: string;
  about?: ComponentChildren;
  /** Beside the title. */
  action?: ComponentChildren;
  foot?: ComponentChildren;
  /** The content brings its own margins, as a table does. */
  flush?: boolean;
  children?: ComponentChildren;
}

export function Panel({ title, id: anchor, about, action, foot, flush, children }: PanelProps) {
  const id = useId();
  return (
    <section class="panel" id={anchor} aria-labelledby={id}>
      <div class="head">
        <div class="grow">
          <h2 id={id}>{title}</h2>
          {about && <p class="small">{about}</p>}
        </div>
        {action}
      </div>
      {children && (flush ? children : <div class="body">{children}</div>)}
      {foot && <div class="foot">{foot}</div>}
    </section>
  );
}

interface PageProps {
  title: string;
  /** In the tab of the browser, before the product's name. */
  tab?: string;
  lead?: ComponentChildren;
  back?: { href: string; name: string };
  /** Before the title. */
  mark?: ComponentChildren;
  action?: ComponentChildren;
  children: ComponentChildren;
}

/** A view: its heading takes the focus when it opens, so that a screen reader says where one is. */
export function Page({ title, tab, lead, back, mark, action, children }: PageProps) {
  useEffect(() => {
    document.title = `${tab ?? title} · app2wxapp`;
  }, [tab, title]);
  return (
    <div class="page">
      <header class="page-head">
        <div class="grow">
          {back && (
            <a class="crumb" href={back.href}>
              <Icon name="back" />
              {back.name}
            </a>
          )}
          <div class="titled">
            {mark}
            <div class="grow">
              <h1 tabIndex={-1}>{title}</h1>
              {lead && <div class="lead">{lead}</div>}
            </div>
          </div>
        </div>
        {action && <div class="row">{action}</div>}
      </header>
      {children}
    </div>
  );
}
