/** The one client the peer knows. */
export const PEER_CLIENT = {
  id: "bench",
  secret: "the-secret-of-the-benchs-client-which-is-long-enough",
  redirect: "https://app.example.com/callback",
};
