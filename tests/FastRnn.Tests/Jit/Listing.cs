using FastRnn.Tests.Files;
using FastRnn.Tests.Processes;

namespace FastRnn.Tests.Jit;

/// <summary>What the compiler made of the emitted methods, in a process of its own.</summary>
/// <param name="Optimisation">By method, as <see cref="EmittedCode.NameOf"/> writes it: the compiler's words, such as
/// <c>FullOpts</c>.</param>
/// <param name="Calls">By method: what its machine code calls.</param>
internal sealed record Listing(ILookup<string, string> Optimisation, ILookup<string, string> Calls)
{
    private const string Begin = "; Assembly listing for method ";
    private static readonly Lazy<Listing> Made = new(Make);

    public static Listing OfEmittedCode => Made.Value;

    private static Listing Make()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("jit.txt");
        // The compiler inlines by what it has measured: the settings of a user's program, not those of the tests.
        OwnProcess.Run<CompileEmittedCode>(
            ("DOTNET_TieredPGO", "1"), ("DOTNET_JitStdOutFile", file), ("DOTNET_JitDisasm", "FastRnn.Generated.*:*"),
            ("DOTNET_JitDisasmDiffable", "1"));

        var optimisation = new List<(string Method, string Words)>();
        var calls = new List<(string Method, string Target)>();
        foreach (var line in File.ReadLines(file))
        {
            // Such as "; Assembly listing for method A.B.C:D(byref,int) (FullOpts)".
            if (line.StartsWith(Begin, StringComparison.Ordinal))
                optimisation.Add((UpToParameters(line[Begin.Length..]), line[line.LastIndexOf('(')..]));

            // Such as "       call     [A.B.C:D(byref,int)]".
            var words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["call" or "tail.jmp", var target])
                calls.Add((optimisation[^1].Method, UpToParameters(target.Trim('[', ']'))));
        }

        return new(
            optimisation.ToLookup(entry => entry.Method, entry => entry.Words, StringComparer.Ordinal),
            calls.ToLookup(entry => entry.Method, entry => entry.Target, StringComparer.Ordinal));
    }

    private static string UpToParameters(string method) => method.Split('(')[0];
}
