using FastRnn.Generators.Analysis;
using FastRnn.Generators.Emission;
using FastRnn.Generators.Scheduling;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Analysis;

public class CellVariantsTests
{
    [Fact]
    public void Matrices_multiply_the_masked_state_and_nothing_else_does()
    {
        var cell = CellVariants.WithRecurrentDropout(Graphs.Cell("GruResetAfter", SmallCells.GruResetAfter), out var masked);

        Assert.Equal([0], masked);
        Assert.Equal(["h", "hMask", "hMasked"], cell.States.Select(s => s.Name));
        var h = Pipeline.Formula(cell, cell.NewStates[0]);
        Assert.Contains("Un[hMasked]", h, StringComparison.Ordinal);
        Assert.Contains("Ur[hMasked]", h, StringComparison.Ordinal);
        Assert.EndsWith(", h))", h, StringComparison.Ordinal);
        Assert.DoesNotContain("[h]", h, StringComparison.Ordinal);
        Assert.Equal("hMask", Pipeline.Formula(cell, cell.NewStates[1]));
        Assert.Equal($"Multiply({h}, hMask)", Pipeline.Formula(cell, cell.NewStates[2]));
    }

    [Fact]
    public void A_state_times_a_gate_is_masked_on_its_way_into_the_matrix()
    {
        var cell = CellVariants.WithRecurrentDropout(Graphs.Cell("GruResetBefore", SmallCells.GruResetBefore), out _);

        var h = Pipeline.Formula(cell, cell.NewStates[0]);
        Assert.Contains("Un[Multiply(Sigmoid(Add(Add(Wr[x], Ur[hMasked]), br)), hMasked)]", h, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_no_matrix_multiplies_keeps_to_itself()
    {
        var cell = CellVariants.WithRecurrentDropout(Graphs.Cell("Lstm", Sources.Lstm), out var masked);

        Assert.Equal([0], masked);
        Assert.Equal(["h", "c", "hMask", "hMasked"], cell.States.Select(s => s.Name));
    }

    [Fact]
    public void The_kernels_are_those_of_the_cell_with_its_mask_written_out()
    {
        var written = Graphs.Cell("GruMasked", """
            [Cell]
            public sealed partial class GruMasked
            {
                private readonly Mat<Hidden, Input> Wr, Wz, Wn;
                private readonly Mat<Hidden, Hidden> Ur, Uz, Un;
                private readonly Vec<Hidden> br, bz, bn, cn;

                public (Vec<Hidden> h, Vec<Hidden> hMask, Vec<Hidden> hMasked) Step(
                    Vec<Input> x, Vec<Hidden> h, Vec<Hidden> hMask, Vec<Hidden> hMasked)
                {
                    var r = Sigmoid(Wr * x + Ur * hMasked + br);
                    var z = Sigmoid(Wz * x + Uz * hMasked + bz);
                    var n = Tanh(Wn * x + bn + r * (Un * hMasked + cn));
                    h = (1 - z) * n + z * h;
                    hMasked = h * hMask;
                    return (h, hMask, hMasked);
                }
            }
            """);
        var masked = CellVariants.WithRecurrentDropout(Graphs.Cell("GruResetAfter", SmallCells.GruResetAfter), out _);

        Assert.Equal(Kernels(written), Kernels(masked));
    }

    [Fact]
    public void Matrices_that_multiply_a_masked_state_are_known()
    {
        var before = CellVariants.WithRecurrentDropout(Graphs.Cell("GruResetBefore", SmallCells.GruResetBefore), out _);
        var twice = CellVariants.WithRecurrentDropout(Graphs.Cell("Twice", """
            [Cell]
            public sealed partial class Twice
            {
                private readonly Mat<Hidden, Input> W;
                private readonly Mat<Hidden, Hidden> U, V;
                public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)
                {
                    c = Tanh(W * x + U * h + V * c);
                    h = Tanh(U * c);
                    return (h, c);
                }
            }
            """), out var masked);

        Assert.Equal([(3, 0), (4, 0), (5, 0)], CellVariants.MaskedProducts(before, 1)!);
        Assert.Equal([0, 1], masked);
        Assert.Null(CellVariants.MaskedProducts(twice, 2));
    }

    [Fact]
    public void Sums_along_a_vector_stay_where_they_were()
    {
        var written = Graphs.Cell("NormalisedElman", """
            [Cell]
            public sealed partial class NormalisedElman
            {
                private readonly Mat<Hidden, Input> W;
                private readonly Mat<Hidden, Hidden> U;
                private readonly Vec<Hidden> gain, b;

                public (Vec<Hidden> h, Vec<Hidden> hMask, Vec<Hidden> hMasked) Step(
                    Vec<Input> x, Vec<Hidden> h, Vec<Hidden> hMask, Vec<Hidden> hMasked)
                {
                    var a = W * x + U * hMasked;
                    h = Tanh(gain * LayerNorm(a) + b);
                    hMasked = h * hMask;
                    return (h, hMask, hMasked);
                }
            }
            """);
        var masked = CellVariants.WithRecurrentDropout(Graphs.Cell("NormalisedElman", SmallCells.NormalisedElman), out _);

        Assert.Equal(Kernels(written), Kernels(masked));
    }

    [Fact]
    public void The_equations_say_what_was_added()
    {
        var cell = CellVariants.WithRecurrentDropout(Graphs.Cell("Elman", Sources.Elman), out _);

        Assert.Equal(["h = Tanh(W * x + U * h + b)", "hMasked = h * hMask"], cell.Equations.Select(e => e.Text));
        Assert.Equal(cell.NewStates[2], cell.Equations[1].Node);
    }

    [Fact]
    public void A_held_state_is_one_or_the_other_and_equations_read_the_one_that_no_mask_has_touched()
    {
        var lstm = Graphs.Cell("Lstm", Sources.Lstm);
        var cell = CellVariants.WithZoneout(lstm, [1]);

        Assert.Equal(["h", "c", "cHeld"], cell.States.Select(s => s.Name));
        Assert.Equal(Pipeline.Formula(lstm, lstm.NewStates[0]), Pipeline.Formula(cell, cell.NewStates[0]));
        Assert.Equal(
            $"Add(Multiply(cHeld, c), Multiply(Subtract(1, cHeld), {Pipeline.Formula(lstm, lstm.NewStates[1])}))",
            Pipeline.Formula(cell, cell.NewStates[1]));
        Assert.Equal(CellGraph.GivenState, cell.NewStates[2]);
        Assert.Equal("c' = cHeld * c + (1 - cHeld) * c'", cell.Equations[cell.Equations.Count - 1].Text);
    }

    [Fact]
    public void Recurrent_dropout_masks_what_was_held()
    {
        var held = CellVariants.WithZoneout(Graphs.Cell("GruResetBefore", SmallCells.GruResetBefore), [0]);
        var cell = CellVariants.WithRecurrentDropout(held, out var masked);

        Assert.Equal([0], masked);
        Assert.Equal(["h", "hHeld", "hMask", "hMasked"], cell.States.Select(s => s.Name));
        Assert.Equal(CellGraph.GivenState, cell.NewStates[1]);
        Assert.Equal($"Multiply({Pipeline.Formula(cell, cell.NewStates[0])}, hMask)", Pipeline.Formula(cell, cell.NewStates[3]));
        Assert.Equal([(3, 0), (4, 0), (5, 0)], CellVariants.MaskedProducts(cell, 2)!);
    }

    /// <summary>A mask is read where it stands: nothing writes it, nothing keeps its steps apart, and no gradient is made of it.</summary>
    [Fact]
    public void Kernels_read_the_masks_and_neither_write_nor_differentiate_them()
    {
        var cell = CellVariants.WithZoneout(Graphs.Cell("GruResetBefore", SmallCells.GruResetBefore), [0]);
        var layer = new LayerGraph(cell, false, DenseActivation.Linear, 3, 20, EquatableArray<int>.Empty);
        var plan = LayerScheduler.Schedule(layer, isFirst: false, isOneHot: false);

        Assert.Equal([true, false], plan.States.Select(s => s.NeedsHistory));
        var stores = plan.Forward.Concat(plan.Backward).SelectMany(k => k.Epilogue.Concat(k.Finish)).OfType<Statement.Store>().ToList();
        Assert.DoesNotContain(stores, s => s.Slot is { Buffer: BufferKind.State, State: 1 });
        Assert.All(
            stores.Where(s => s.Slot is { Buffer: BufferKind.StateGradient, State: 1 }), s => Assert.IsType<Expression.Number>(s.Value));
    }

    /// <summary>All that is computed: the emitted text without its comments.</summary>
    private static string Kernels(CellGraph cell)
    {
        var layer = new LayerGraph(cell, false, DenseActivation.Linear, 3, 20, EquatableArray<int>.Empty);
        var code = new CodeWriter();
        new KernelEmitter(code, LayerScheduler.Schedule(layer, isFirst: false, isOneHot: false) with { Name = "Same" }, 256).Emit();
        return string.Join('\n', code.ToString().Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
    }
}
