export { startLogin, type Login, type LoginRequest } from "./login";
export { createPkce, createState, type Pkce, type RandomValues } from "./pkce";
export { readReturn, type Answer } from "./answer";
