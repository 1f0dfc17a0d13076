using FastRnn.Generators.Algebra;
using FastRnn.Generators.Scheduling;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Scheduling;

/// <summary>Which kernels a cell becomes.</summary>
public sealed class PhaseTests
{
    [Theory]
    [InlineData("Elman", Sources.Elman, "1", "1")]
    [InlineData("Lstm", Sources.Lstm, "4", "1")]
    [InlineData("GruResetAfter", SmallCells.GruResetAfter, "4", "1")]
    [InlineData("GruResetBefore", SmallCells.GruResetBefore, "2 1", "1 1")]
    [InlineData("Jordan", SmallCells.Jordan, "1 1", "1 1")]
    [InlineData("NormalisedElman", SmallCells.NormalisedElman, "1 0 0", "1 0 0")]
    public void A_cell_has_a_kernel_for_each_phase_and_an_accumulator_for_each_sum(
        string name, string source, string forward, string backward)
    {
        var plan = Graphs.Plan(name, source, 3, 5, source == SmallCells.Jordan ? [2] : []);
        Assert.Equal(forward, string.Join(' ', plan.Forward.Select(k => k.Accumulators.Count)));
        Assert.Equal(backward, string.Join(' ', plan.Backward.Select(k => k.Accumulators.Count)));
    }

    [Fact]
    public void A_sum_takes_its_bias_first_then_x_then_h()
    {
        var kernel = Graphs.Plan("Lstm", Sources.Lstm, 3, 5).Forward[0];
        Assert.Equal(["Wi * x, Wf * x, Wg * x, Wo * x", "Ui * h, Uf * h, Ug * h, Uo * h"], kernel.Operands.Select(o => o.Comment));
        Assert.Equal([0, 1, 2, 3], kernel.Biases);
        Assert.Equal(4, kernel.Head.Count);
    }

    [Fact]
    public void Terms_are_ordered_even_if_the_equation_is_not()
    {
        const string Reordered = """
            [Cell]
            public sealed partial class Reordered
            {
                private readonly Mat<Hidden, Hidden> U;
                private readonly Mat<Hidden, Input> W;
                private readonly Vec<Hidden> b;
                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { h = Tanh(U * h + (b + W * x)); return h; }
            }
            """;
        var kernel = Graphs.Plan("Reordered", Reordered, 3, 5).Forward[0];
        Assert.Equal(["W * x", "U * h"], kernel.Operands.Select(o => o.Comment));
        Assert.Single(kernel.Accumulators);
    }

    [Fact]
    public void A_sum_along_a_row_begins_the_kernel_that_asks_for_it_and_leaves_one_number_a_row()
    {
        var plan = Graphs.Plan("NormalisedElman", SmallCells.NormalisedElman, 3, 37);
        Assert.Equal([0, 1, 1], plan.Forward.Select(k => k.Reductions.Count));
        Assert.Equal([0, 1, 1], plan.Backward.Select(k => k.Reductions.Count));
        Assert.All(plan.Forward.Concat(plan.Backward).SelectMany(k => k.Reductions), r =>
            Assert.Equal((37, true, false), (r.Length, r.Target.IsLine, r.Source.IsLine)));

        // The deviation is made of such numbers alone: once a row, not once a unit, and found there by the way back.
        static bool IsRoot(Statement s) => s is Statement.Let { Value: Expression.Apply { Operation: Operation.Sqrt } }
            or Statement.Store { Value: Expression.Apply { Operation: Operation.Sqrt } };
        Assert.Contains(plan.Forward[2].Uniform, IsRoot);
        Assert.DoesNotContain(plan.Forward.Concat(plan.Backward).SelectMany(k => k.Epilogue), IsRoot);
    }

    [Fact]
    public void A_state_that_is_summed_as_a_whole_is_not_replaced_in_place()
    {
        const string Source = """
            [Cell]
            public sealed partial class Summed
            {
                private readonly Mat<Hidden, Input> W;
                public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)
                {
                    c = Tanh(W * x) + Mean(c);
                    return (h + c, c);
                }
            }
            """;
        Assert.Equal([true, true], Graphs.Plan("Summed", Source, 3, 5).States.Select(s => s.NeedsHistory));
    }

    [Fact]
    public void An_input_that_is_summed_is_no_token()
    {
        const string Source = """
            [Cell]
            public sealed partial class Summed
            {
                private readonly Mat<Hidden, Input> W;
                private readonly Mat<Hidden, Input> V;
                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => Tanh(W * x + V * Mean(x)) + h;
            }
            """;
        Assert.False(LayerScheduler.Schedule(Graphs.Layer("Summed", Source, 7, 5), isFirst: true, isOneHot: true).ReadsToken);
    }

    [Fact]
    public void The_tape_of_an_lstm_holds_the_gates_and_the_squashed_cell_but_no_state()
    {
        var plan = Graphs.Plan("Lstm", Sources.Lstm, 3, 16);
        Assert.Equal(5 * 16, plan.TapeStride);
    }

    [Fact]
    public void The_gradients_of_the_gates_take_the_place_of_the_gates_on_the_tape()
    {
        var plan = Graphs.Plan("Lstm", Sources.Lstm, 3, 16);
        Assert.True(plan.DPreOnTape);
        Assert.Equal(plan.TapeStride, plan.DPreStride);
    }

    [Fact]
    public void They_have_room_of_their_own_where_the_tape_is_read_later()
    {
        Assert.False(Graphs.Plan("GruResetBefore", SmallCells.GruResetBefore, 3, 16).DPreOnTape);
    }

    [Fact]
    public void What_arithmetic_gives_back_is_not_taped()
    {
        // r, z, n and the hidden part of n; 1 - z is computed again.
        Assert.Equal(4 * 16, Graphs.Plan("GruResetAfter", SmallCells.GruResetAfter, 3, 16).TapeStride);
    }

    [Fact]
    public void A_state_that_no_matrix_reads_is_replaced_in_place()
    {
        var plan = Graphs.Plan("Lstm", Sources.Lstm, 3, 5);
        Assert.Equal([true, false], plan.States.Select(s => s.NeedsHistory));
    }

    [Fact]
    public void Contiguous_gates_are_handed_back_in_one_loop()
    {
        Assert.Single(Graphs.Plan("Lstm", Sources.Lstm, 3, 16).Backward[0].Operands);
        Assert.Equal(4, Graphs.Plan("Lstm", Sources.Lstm, 3, 15).Backward[0].Operands.Count);
    }

    [Fact]
    public void A_one_hot_input_is_read_as_a_token_and_has_no_gradient()
    {
        var plan = LayerScheduler.Schedule(Graphs.Layer("Lstm", Sources.Lstm, 7, 5), isFirst: true, isOneHot: true);
        Assert.True(plan.ReadsToken);
        Assert.True(plan.Forward[0].Operands[0].IsToken);
        Assert.Null(plan.InputGradient);
        Assert.False(LayerScheduler.Schedule(Graphs.Layer("Lstm", Sources.Lstm, 7, 5), isFirst: false, isOneHot: true).ReadsToken);
    }
}
