import { Component, type ComponentChildren } from "preact";
import { useWords } from "../language";
import { shell } from "../messages/shell";
import { Button } from "../parts/button";
import { Empty } from "../parts/notice";

/** A view that fails says so; the rest of the console stays. */
export class Boundary extends Component<{ children: ComponentChildren; path: string }, { failed?: Error }> {
  override componentDidCatch(error: Error): void {
    this.setState({ failed: error });
  }

  override componentDidUpdate(former: { path: string }): void {
    if (former.path !== this.props.path && this.state.failed) this.setState({ failed: undefined as never });
  }

  override render() {
    return this.state.failed ? <Broken error={this.state.failed} /> : this.props.children;
  }
}

function Broken({ error }: { error: Error }) {
  const t = useWords(shell);
  return (
    <Empty icon="warn" title={t.broken}>
      <p>{t.brokenAbout}</p>
      <code class="break">{error.message}</code>
      <Button onClick={() => location.reload()}>{t.reload}</Button>
    </Empty>
  );
}
