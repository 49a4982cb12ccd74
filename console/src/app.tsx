import { LocationProvider, Route, Router, useLocation } from "preact-iso/router";
import { AuditView } from "./audit/audit-view";
import { LanguageProvider, useWords } from "./language";
import { shell } from "./messages/shell";
import { ButtonLink } from "./parts/button";
import { Empty } from "./parts/notice";
import { HOME } from "./places";
import { NewPoolView } from "./pools/new-pool-view";
import { PoolView } from "./pools/pool-view";
import { PoolsView } from "./pools/pools-view";
import { SessionGate } from "./session/session";
import { Boundary } from "./shell/boundary";
import { Frame } from "./shell/frame";
import { TodayView } from "./today/today-view";

export function App() {
  return (
    <LanguageProvider>
      <SessionGate>
        <LocationProvider scope={HOME}>
          <Frame>
            <Views />
          </Frame>
        </LocationProvider>
      </SessionGate>
    </LanguageProvider>
  );
}

function Views() {
  const { path } = useLocation();
  return (
    <Boundary path={path}>
      <Router>
        <Route path="/console" component={TodayView} />
        <Route path="/console/pools" component={PoolsView} />
        <Route path="/console/pools/new" component={NewPoolView} />
        <Route path="/console/pools/:pool/:tab?/:person?" component={PoolView} />
        <Route path="/console/audit" component={AuditView} />
        <Route default component={NotFound} />
      </Router>
    </Boundary>
  );
}

function NotFound() {
  const t = useWords(shell);
  return (
    <Empty icon="search" title={t.notFound}>
      <p>{t.notFoundAbout}</p>
      <ButtonLink href={HOME}>{t.home}</ButtonLink>
    </Empty>
  );
}
