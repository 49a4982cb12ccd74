/** Strokes on a 16 by 16 grid, drawn for this console. */
const PATHS = {
  today: "M2 13.5h12M3.5 11V8M7 11V4M10.5 11V6.5M13.5 11V2.5",
  pools: "M2.5 5.5 8 2.5l5.5 3L8 8.5zM2.5 8.5 8 11.5l5.5-3M2.5 11.2 8 14l5.5-2.8",
  audit: "M4 2h6l2.5 2.5V14H4zM6.2 6.5h4M6.2 9h4M6.2 11.5h2.5",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M5.5 5.5V3h7.5v7.5h-2.5M3 5.5h7.5V13H3z",
  done: "M3 8.5 6.5 12 13 4.5",
  back: "M10 3.5 5.5 8l4.5 4.5",
  next: "M6 3.5 10.5 8 6 12.5",
  plus: "M8 3v10M3 8h10",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.5 10.5 14 14",
  people: "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8M3 13.6c.4-2.4 2.4-3.9 5-3.9s4.6 1.5 5 3.9",
  phone: "M5 1.8h6v12.4H5zM7.2 12.2h1.6",
  key: "M5.2 10.8a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4M7.9 8.1h6v2.2M11.6 8.1v1.7",
  lock: "M3.8 7.2h8.4v6H3.8zM5.6 7.2V5a2.4 2.4 0 0 1 4.8 0v2.2",
  warn: "M8 2.2 14.4 13.4H1.6zM8 6.4v3.4M8 11.6v.2",
  info: "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4M8 7.4v3.6M8 5v.2",
  eye: "M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8M8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6",
  out: "M6.5 2.5h-3v11h3M9.5 5 12.5 8l-3 3M12.5 8h-6",
  trash: "M3 4.4h10M6.2 4.4V2.6h3.6v1.8M4.4 4.4l.6 9h6l.6-9",
  open: "M9 2.8h4.2V7M13.2 2.8 7.4 8.6M11.4 9.4v3.8H2.8V4.6h3.8",
  download: "M8 2.4v7.4M4.8 7 8 10.2 11.2 7M2.8 13.4h10.4",
  upload: "M8 10.4V3M4.8 5.8 8 2.6l3.2 3.2M2.8 13.4h10.4",
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: what it means stands beside it in words, or in its button's label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon-art" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6.5" fill="#1f5c46" />
      <path
        d="M7 12.4h7.2M11.4 8.6l3.8 3.8-3.8 3.8"
        fill="none"
        stroke="#fff"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <circle cx="17.6" cy="7.2" r="1.7" fill="#8fd6ba" />
    </svg>
  );
}
