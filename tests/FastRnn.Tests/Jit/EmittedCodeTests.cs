using FastRnn.Tests.Models;

namespace FastRnn.Tests.Jit;

/// <summary>A method that is too large for the compiler silently loses all optimisation. The compiler itself says so when it is asked.
/// What it makes of vectors that the CPU has not is slow in any case.</summary>
public sealed class EmittedCodeTests
{
    [Fact]
    public void There_is_emitted_code_of_every_width_of_small_large_and_wide_cells()
    {
        foreach (var width in TestWidths.OfCpu)
        {
            foreach (var layer in (string[])["Lstm_3x1", "Lstm_64x256", "TwelveGates_5x35", "MinimalGatedUnit_9x17"])
            {
                var methods = EmittedCode.Methods.Where(m => m.DeclaringType!.Name == layer + EmittedCode.Suffix(width))
                    .Select(m => m.Name).ToList();
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
        if (TestWidths.OfCpu.Count == 0)
            return;

        var compiled = Listing.OfEmittedCode.Optimisation;

        var (missing, slow) = (new List<string>(), new List<string>());
        foreach (var name in EmittedCode.Compiled.Select(EmittedCode.NameOf))
        {
            if (compiled[name].Any())
                slow.AddRange(compiled[name].Where(IsSlow).Select(words => name + " " + words));
            else
                missing.Add(name);
        }

        Assert.True(missing.Count == 0, $"The compiler did not speak of {missing.Count} methods, such as {missing.FirstOrDefault()}");
        Assert.True(slow.Count == 0, $"{slow.Count} methods are not optimised:\n{string.Join('\n', slow.Take(20))}");
    }

    /// <summary>The compiler's budget for inlining ends somewhere: behind it, equations and even single vector operations would be
    /// calls.</summary>
    [Fact]
    public void Equations_activations_and_vector_operations_are_all_inlined()
    {
        if (TestWidths.OfCpu.Count == 0)
            return;

        var callable = EmittedCode.Compiled.Select(EmittedCode.NameOf)
            .Append("FastRnn.CompilerServices.StepBarrier:Meet").ToHashSet(StringComparer.Ordinal);
        var calls = Listing.OfEmittedCode.Calls;
        Assert.Contains(EmittedCode.Methods, EmittedCode.IsInlined);
        Assert.Equal(callable.Count(name => name.EndsWith(":Forward", StringComparison.Ordinal)), calls.Count(Dispatches));

        var wrong = calls.SelectMany(method => method.Where(target => !callable.Contains(target) && !IsLoopOfTheRuntime(target))
            .Select(target => $"{method.Key} calls {target}")).ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} calls were to be inlined:\n{string.Join('\n', wrong.Distinct().Take(20))}");
    }

    /// <summary>Sums along a row and the matrix products of tiles; what ends a program that wrote over the end of a table of operands on
    /// the stack, and clears a large one on CPUs without AVX-512; and, where a session has int8 weights, what reads the switch of that
    /// format.</summary>
    private static bool IsLoopOfTheRuntime(string target) =>
        target.StartsWith("FastRnn.CompilerServices.RowReduction:", StringComparison.Ordinal)
            || target.StartsWith("FastRnn.CompilerServices.ProductTile`", StringComparison.Ordinal)
            || target.StartsWith("FastRnn.CompilerServices.RowTile`", StringComparison.Ordinal)
            || target.StartsWith("FastRnn.CompilerServices.Int8Walk`", StringComparison.Ordinal)
            || target is "CORINFO_HELP_FAIL_FAST" or "CORINFO_HELP_MEMZERO" or "CORINFO_HELP_GET_NONGCSTATIC_BASE";

    private static bool Dispatches(IGrouping<string, string> calls) =>
        calls.Key.EndsWith(":Forward", StringComparison.Ordinal)
            && calls.Any(target => target.EndsWith(":Forward0", StringComparison.Ordinal));

    private static bool IsSlow(string words) =>
        !words.Contains("FullOpts", StringComparison.Ordinal) && !words.Contains("Tier1", StringComparison.Ordinal);
}
