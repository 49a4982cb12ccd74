/** Where each view is. */
export const HOME = "/console";

export const place = {
  pools: `${HOME}/pools`,
  newPool: `${HOME}/pools/new`,
  audit: `${HOME}/audit`,
  pool: (id: string, tab?: string) => `${HOME}/pools/${id}${tab ? `/${tab}` : ""}`,
  person: (pool: string, id: string) => `${HOME}/pools/${pool}/people/${id}`,
};
