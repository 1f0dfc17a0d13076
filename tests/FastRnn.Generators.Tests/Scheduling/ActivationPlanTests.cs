using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Scheduling;

/// <summary>What diagnostics find in memory after a recorded pass.</summary>
public sealed class ActivationPlanTests
{
    [Theory]
    [InlineData("Elman", Sources.Elman, "h Tanh State 0")]
    [InlineData("Lstm", Sources.Lstm, "i Sigmoid Tape 0, f Sigmoid Tape 16, g Tanh Tape 32, o Sigmoid Tape 48, Tanh(c) Tanh Tape 64")]
    [InlineData("GruResetAfter", SmallCells.GruResetAfter, "r Sigmoid Tape 0, z Sigmoid Tape 16, n Tanh Tape 48")]
    public void Squashed_values_have_a_name_a_function_and_a_place(string name, string source, string expected) => Assert.Equal(
        expected,
        string.Join(", ", Graphs.Plan(name, source, 3, 16).Activations.Select(a => $"{a.Name} {a.Function} {a.Place} {a.Index}")));
}
