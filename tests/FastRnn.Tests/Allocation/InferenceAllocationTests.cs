using FastRnn.Inference;
using FastRnn.Models;
using FastRnn.Tests.Memory;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Allocation;

[Collection(AllocationTests.Name)]
public sealed class InferenceAllocationTests
{
    // More than one block of the session.
    private const int Steps = 35;

    public static TheoryData<int, int> BatchesAndThreads => new() { { 1, 1 }, { 1, 3 }, { 16, 1 }, { 16, 3 } };

    [Theory]
    [MemberData(nameof(BatchesAndThreads))]
    public void Vectors(int batch, int threads) => Vectors(new MixedStack(), batch, threads);

    [Theory]
    [MemberData(nameof(BatchesAndThreads))]
    public void Vectors_into_probabilities(int batch, int threads) => Vectors(new Probabilities(), batch, threads);

    [Theory]
    [MemberData(nameof(BatchesAndThreads))]
    public void Embedded_tokens(int batch, int threads) => Tokens(new EmbeddedText(), batch, threads);

    [Theory]
    [MemberData(nameof(BatchesAndThreads))]
    public void One_hot_tokens(int batch, int threads) => Tokens(new OneHotText(), batch, threads);

    private static void Vectors<TModel>(TModel model, int batch, int threads)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var experiment = Experiment.Random(TModel.Info, Steps, batch, seed: 1);
        var (x, y) = (experiment.X, new float[Steps * batch * TModel.Info.OutputSize]);
        var (input, output) = (batch * TModel.Info.InputSize, batch * TModel.Info.OutputSize);
        SteadyState.AssertAllocatesNothing(() =>
        {
            var session = new Session<TModel>(model, batch, threads);
            return (session, () => session.Step(x.AsSpan(0, input), y.AsSpan(0, output)));
        });
        SteadyState.AssertAllocatesNothing(() =>
        {
            var session = new Session<TModel>(model, batch, threads);
            return (session, () => session.Run(x, y));
        });
    }

    private static void Tokens<TModel>(TModel model, int batch, int threads)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var experiment = Experiment.Random(TModel.Info, Steps, batch, seed: 1);
        var (tokens, y) = (experiment.Tokens, new float[Steps * batch * TModel.Info.OutputSize]);
        var output = batch * TModel.Info.OutputSize;
        SteadyState.AssertAllocatesNothing(() =>
        {
            var session = new Session<TModel>(model, batch, threads);
            return (session, () => session.Step(tokens.AsSpan(0, batch), y.AsSpan(0, output)));
        });
        SteadyState.AssertAllocatesNothing(() =>
        {
            var session = new Session<TModel>(model, batch, threads);
            return (session, () => session.Run(tokens, y));
        });
    }
}
