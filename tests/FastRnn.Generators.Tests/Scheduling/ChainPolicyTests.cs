using FastRnn.Generators.Scheduling;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Scheduling;

/// <summary>Small layers get several chains, large ones have enough sums.</summary>
public sealed class ChainPolicyTests
{
    [Theory]
    [InlineData(1, 4, 1)] // too short to be cut
    [InlineData(1, 8, 2)]
    [InlineData(1, 16, 4)]
    [InlineData(1, 17, 4)]
    [InlineData(1, 40, 2)]
    [InlineData(1, 80, 2)]
    [InlineData(1, 96, 1)]
    [InlineData(4, 16, 2)]
    [InlineData(4, 32, 1)]
    [InlineData(12, 8, 1)]
    public void The_state_of_small_layers_is_cut(int accumulators, int units, int chains)
    {
        var cut =
            ChainPolicy.Cut(new([Operand(BufferKind.Input, 256, accumulators), Operand(BufferKind.State, units, accumulators)]), units);
        Assert.Equal([1, chains], cut.Select(o => o.Chains));
    }

    [Fact]
    public void The_longest_operand_of_the_recurrence_is_cut()
    {
        var cut = ChainPolicy.Cut(new([Operand(BufferKind.State, 8), Operand(BufferKind.Tape, 16), Operand(BufferKind.State, 16)]), 8);
        Assert.Equal([1, 4, 1], cut.Select(o => o.Chains));
    }

    [Fact]
    public void The_input_is_cut_where_there_is_nothing_else_but_a_token_never()
    {
        Assert.Equal([4], ChainPolicy.Cut(new([Operand(BufferKind.Input, 16)]), 8).Select(o => o.Chains));
        Assert.Equal([1], ChainPolicy.Cut(new([Operand(BufferKind.Input, 16) with { IsToken = true }]), 8).Select(o => o.Chains));
        Assert.Empty(ChainPolicy.Cut(new([]), 8));
    }

    [Fact]
    public void A_plan_cuts_the_state_of_a_forward_kernel()
    {
        var plan = Graphs.Plan("Elman", Sources.Elman, 100, 16);
        Assert.Equal([1, 4], plan.Forward[0].Operands.Select(o => o.Chains));
    }

    private static OperandPlan Operand(BufferKind buffer, int length, int accumulators = 1) => new(
        new Slot(buffer, 0, "v", 0, 16, 0),
        length,
        new(Enumerable.Range(0, accumulators).Select(a => new OperandTerm(a, 0, length, 1))),
        "",
        IsToken: false);
}
