namespace FastRnn.Cli.Report;

/// <summary>How pages look, in light and in dark. Curves differ in dashes as well as in hue.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1c1c1e; --soft: #5c5f66; --paper: #ffffff; --rule: #d9dbe0; --heat: #0b6fb8;
          --c0: #0b6fb8; --c1: #c8500a; --c2: #0a8a63; --c3: #a6459a; --c4: #8a6d00; --c5: #2f8fc4; --c6: #b3261e; --c7: #55585f; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8e8ea; --soft: #a3a6ad; --paper: #17181b; --rule: #3a3c42; --heat: #5db7f2;
          --c0: #5db7f2; --c1: #ff9b5e; --c2: #4fd1a5; --c3: #e597da; --c4: #e0bd4a; --c5: #9ad4f5; --c6: #ff8a80; --c7: #b9bcc4; } }
        body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper);
          max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin: 2.2rem 0 .4rem; }
        p { max-width: 46rem; } .soft { color: var(--soft); }
        figure { margin: 1rem 0; overflow-x: auto; } svg { max-width: none; height: auto; display: block; }
        table { border-collapse: collapse; font-size: .92rem; }
        th, td { padding: .25rem .8rem .25rem 0; text-align: right; border-bottom: 1px solid var(--rule); }
        th:first-child, td:first-child { text-align: left; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid var(--rule); padding: .1rem 0 .1rem .8rem;
          font-size: .85rem; }
        text { font: 12px system-ui, sans-serif; fill: var(--ink); } .title { font-weight: 600; font-size: 14px; }
        .label, .tick { fill: var(--soft); }
        .letter { font: 12px ui-monospace, monospace; text-anchor: middle; } .middle { text-anchor: middle; } .end { text-anchor: end; }
        .grid { stroke: var(--rule); stroke-width: 1; } .axis { stroke: var(--soft); stroke-width: 1; }
        .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
        .level { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 2 4; }
        .heat { fill: var(--heat); } .plus { fill: var(--c0); } .minus { fill: var(--c1); }
        .s0 { stroke: var(--c0); } .s1 { stroke: var(--c1); stroke-dasharray: 9 3; } .s2 { stroke: var(--c2); stroke-dasharray: 2 3; }
        .s3 { stroke: var(--c3); stroke-dasharray: 9 3 2 3; }
        .s4 { stroke: var(--c4); stroke-dasharray: 14 4; } .s5 { stroke: var(--c5); stroke-dasharray: 5 3; }
        .s6 { stroke: var(--c6); stroke-dasharray: 1 3; }
        .s7 { stroke: var(--c7); stroke-dasharray: 6 2 1 2 1 2; }
        .dot { fill: var(--paper); stroke-width: 1.6; stroke-dasharray: none; }
        """;
}
