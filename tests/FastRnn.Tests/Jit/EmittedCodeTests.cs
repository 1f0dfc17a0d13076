using System.Reflection;

using FastRnn.Kernels;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Tests.Processes;

namespace FastRnn.Tests.Jit;

/// <summary>A method that is too large for the compiler silently loses all optimisation. The compiler itself says so when it is asked.</summary>
public sealed class EmittedCodeTests
{
    [Fact]
    public void There_is_emitted_code_of_every_width_of_small_large_and_wide_cells()
    {
        foreach (var width in SimdWidths.Available)
        {
            foreach (var model in (Type[])[typeof(Lstm_I3_H1), typeof(LargeText), typeof(TwelveGates_I5_H35), typeof(MixedStack)])
            {
                var methods = EmittedCode.Methods.Where(m => m.DeclaringType!.Namespace == "FastRnn.Generated." + model.FullName
                    && m.DeclaringType.Name.EndsWith(EmittedCode.Suffix(width), StringComparison.Ordinal)).Select(m => m.Name).ToList();
                Assert.Contains("Forward", methods);
                Assert.Contains("Backward", methods);
                Assert.Contains("Forward0Epilogue", methods);
                Assert.Contains("Backward0Epilogue", methods);
            }
        }
    }

    [Fact]
    public void No_emitted_method_loses_its_optimisation()
    {
        var compiled = CompileInAProcessOfItsOwn();

        var (missing, slow) = (new List<string>(), new List<string>());
        foreach (var method in EmittedCode.Methods)
        {
            var name = NameOf(method);
            if (compiled[name].Any())
                slow.AddRange(compiled[name].Where(IsSlow));
            else
                missing.Add(name);
        }

        Assert.True(missing.Count == 0, $"The compiler did not speak of {missing.Count} methods, such as {missing.FirstOrDefault()}");
        Assert.True(slow.Count == 0, $"{slow.Count} methods are not optimised:\n{string.Join('\n', slow.Take(20))}");
    }

    private static bool IsSlow(string line) =>
        !line.Contains("FullOpts", StringComparison.Ordinal) && !line.Contains("Tier1", StringComparison.Ordinal);

    /// <summary>As the compiler writes it: <c>Namespace.Kernels:Method</c>.</summary>
    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.FullName}:{method.Name}";

    /// <summary>The compiler's summary, by method, of which there may be several: lines such as <c>12: JIT compiled A.B.C:D(byref,int) [FullOpts, IL size=.., code size=..]</c>.</summary>
    private static ILookup<string, string> CompileInAProcessOfItsOwn()
    {
        using var folder = new TemporaryFolder();
        var summary = folder.File("jit.txt");
        OwnProcess.Run<CompileEmittedCode>(("DOTNET_JitStdOutFile", summary), ("DOTNET_JitDisasmSummary", "1"));

        var lines = new List<(string Method, string Line)>();
        foreach (var line in File.ReadLines(summary))
        {
            var begin = line.IndexOf("JIT compiled ", StringComparison.Ordinal);
            var end = line.IndexOf('(', Math.Max(begin, 0));
            if (begin >= 0 && end >= 0)
                lines.Add((line[(begin + "JIT compiled ".Length)..end], line));
        }

        return lines.ToLookup(entry => entry.Method, entry => entry.Line, StringComparer.Ordinal);
    }
}
