using FastRnn.Models;
using FastRnn.Tests.Memory;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Allocation;

[Collection(AllocationTests.Name)]
public sealed class TrainingAllocationTests
{
    private const int Steps = 9;
    private const int Batch = 5;

    private static readonly Dictionary<string, Func<Optimizer>> Optimizers = new()
    {
        ["Sgd with momentum"] = () => new Sgd(1e-3f, momentum: 0.9f),
        ["Adam"] = () => new Adam(),
        ["AdamW"] = () => new AdamW(),
    };

    public static TheoryData<string, int> OptimizersAndThreads
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var optimizer in Optimizers.Keys)
            {
                foreach (var threads in (int[])[1, 3])
                    data.Add(optimizer, threads);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(OptimizersAndThreads))]
    public void Steps_on_embedded_text(string optimizer, int threads) => Steps_on_tokens(new EmbeddedText(), optimizer, threads);

    [Theory]
    [MemberData(nameof(OptimizersAndThreads))]
    public void Steps_on_one_hot_text(string optimizer, int threads) => Steps_on_tokens(new OneHotText(), optimizer, threads);

    [Theory]
    [MemberData(nameof(OptimizersAndThreads))]
    public void Steps_on_vectors(string optimizer, int threads)
    {
        var experiment = Experiment.Random(DenseInTheMiddle.Info, Steps, Batch, seed: 1);
        var targets = Targets.Random(DenseInTheMiddle.Info, Steps * Batch, seed: 2);
        SteadyState.AssertAllocatesNothing(() =>
        {
            var trainer = new DenseInTheMiddle().CreateTrainer(Options(optimizer, threads));
            return (trainer, () => trainer.Step(experiment.X, targets.Vectors));
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Passes_forward_and_backward_by_hand(int threads)
    {
        var experiment = Experiment.Random(MixedStack.Info, Steps, Batch, seed: 1);
        var y = new float[experiment.DOutput.Length];
        var dX = new float[experiment.X.Length];
        SteadyState.AssertAllocatesNothing(() =>
        {
            var bptt = new Bptt<MixedStack>(new MixedStack(), Batch, Steps, threads);
            return (bptt, () =>
            {
                bptt.ClearGradients();
                bptt.SetState(0, 0, experiment.States[0][0]);
                bptt.Forward(experiment.X, y);
                bptt.SetStateGradient(0, 0, experiment.DStates[0][0]);
                bptt.Backward(experiment.DOutput);
                bptt.GetInputGradient(dX);
            });
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Measuring_the_loss(int threads)
    {
        var experiment = Experiment.Random(EmbeddedText.Info, Steps, Batch, seed: 1);
        var targets = Targets.Random(EmbeddedText.Info, Steps * Batch, seed: 2);
        SteadyState.AssertAllocatesNothing(() =>
        {
            var evaluator = new Evaluator<EmbeddedText>(new EmbeddedText(), Batch, Steps, threads);
            return (evaluator, () => evaluator.LossSum(experiment.Tokens, targets.Tokens));
        });
    }

    private static void Steps_on_tokens<TModel>(TModel model, string optimizer, int threads)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var experiment = Experiment.Random(TModel.Info, Steps, Batch, seed: 1);
        var targets = Targets.Random(TModel.Info, Steps * Batch, seed: 2);
        SteadyState.AssertAllocatesNothing(() =>
        {
            var trainer = new Trainer<TModel>(model, Options(optimizer, threads));
            return (trainer, () => trainer.Step(experiment.Tokens, targets.Tokens));
        });
    }

    private static TrainerOptions Options(string optimizer, int threads) => new()
    {
        BatchSize = Batch,
        SequenceLength = Steps,
        Optimizer = Optimizers[optimizer](),
        ClipNorm = 0.5f,
        Threads = threads,
    };
}
