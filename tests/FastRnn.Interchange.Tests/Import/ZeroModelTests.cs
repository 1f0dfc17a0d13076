using FastRnn.Compiler;
using FastRnn.Interchange.Running;

namespace FastRnn.Interchange.Tests.Import;

/// <summary>Models that are made to be filled from a file draw no first values: orthogonal matrices of an LSTM of 800 units would take
/// seconds.</summary>
public sealed class ZeroModelTests
{
    private const string Declaration = """
        using FastRnn;

        namespace Zeros;

        [Model, Embedding(Vocabulary = 5, Size = 3), Layer<FastRnn.Cells.Lstm>(4), Layer<FastRnn.Cells.GruResetBefore>(3), Dense(2)]
        public sealed partial class Network;
        """;

    [Fact]
    public void AModelForAFileHasZeros()
    {
        using var compiled = ModelCompiler.Compile(Declaration, "zeros.cs");
        using var model = Runnable.Create(Assert.Single(compiled.Models));

        Assert.Equal(model.Info.ParameterCount, model.Parameters.Length);
        Assert.True(model.Parameters.IndexOfAnyExcept(0f) < 0);
    }

    [Fact]
    public void ItsKernelsReadZerosToo()
    {
        using var compiled = ModelCompiler.Compile(Declaration, "zeros.cs");
        using var model = Runnable.Create(Assert.Single(compiled.Models));

        var result = model.Run(new([3], [], [1, 2, 4], new Dictionary<(int, int), float[]>(), WantsStates: true));

        Assert.True(result.Y.AsSpan().IndexOfAnyExcept(0f) < 0);
        Assert.All(result.LastStates.Values, state => Assert.True(state.AsSpan().IndexOfAnyExcept(0f) < 0));
    }

    [Fact]
    public void AClassWithoutKernelsIsNoModel() => Assert.ThrowsAny<ArgumentException>(() => Runnable.Create(typeof(ZeroModelTests)));
}
