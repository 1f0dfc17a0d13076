namespace FastRnn.Cli.Report;

/// <summary>The colours of pictures, light and dark: variables of a style.</summary>
internal static class Palette
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1c1c1e; --soft: #5c5f66; --paper: #ffffff; --rule: #d9dbe0;
          --c0: #0b6fb8; --c1: #c8500a; --c2: #0a8a63; --c3: #a6459a; --c4: #8a6d00; --c5: #2f8fc4; --c6: #b3261e; --c7: #55585f; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8e8ea; --soft: #a3a6ad; --paper: #17181b; --rule: #3a3c42;
          --c0: #5db7f2; --c1: #ff9b5e; --c2: #4fd1a5; --c3: #e597da; --c4: #e0bd4a; --c5: #9ad4f5; --c6: #ff8a80; --c7: #b9bcc4; } }

        """;
}
