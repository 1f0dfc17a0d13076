using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Testing;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.PyTorch;

/// <summary>Every loss against PyTorch's criteria, in values and gradients: see <c>make_loss_golden.py</c>.</summary>
public sealed class LossGoldenTests
{
    private const int Positions = 12;
    private const int Outputs = 6;
    private static readonly Dictionary<string, double[]> Golden = GoldenFile.Read("losses");

    [Fact]
    public void Absolute_errors_are_PyTorchs()
    {
        Check<AbsoluteSum>("absolute.sum", "targets");
        Check<AbsoluteMean>("absolute.mean", "targets");
    }

    [Fact]
    public void Squared_errors_are_PyTorchs()
    {
        Check<SquaredSum>("squared.sum", "targets");
        Check<SquaredMean>("squared.mean", "targets");
    }

    [Fact]
    public void Huber_losses_are_PyTorchs()
    {
        Check<HuberSum>("huber.sum", "targets");
        Check<HuberMean>("huber.mean", "targets");
    }

    [Fact]
    public void Quantile_losses_are_those_of_PyTorchs_operations()
    {
        Check<QuantileSum>("quantile.sum", "targets");
        Check<QuantileMean>("quantile.mean", "targets");
    }

    [Fact]
    public void Binary_cross_entropies_are_PyTorchs_with_weights_of_positive_targets_and_without()
    {
        Check<BinarySum>("binary.sum", "probabilities");
        Check<BinaryMean>("binary.mean", "probabilities");
        Check<BinarySum>("binary_weighted.sum", "probabilities", "positive_weights");
        Check<BinaryMean>("binary_weighted.mean", "probabilities", "positive_weights");
    }

    [Fact]
    public void Cross_entropies_are_PyTorchs_with_weights_of_classes_and_without()
    {
        Check<SoftmaxSum>("softmax.sum", "labels");
        Check<SoftmaxMean>("softmax.mean", "labels");
        Check<SoftmaxSum>("softmax_weighted.sum", "labels", "class_weights");
        Check<SoftmaxMean>("softmax_weighted.mean", "labels", "class_weights");
    }

    [Fact]
    public void Smoothed_cross_entropies_are_PyTorchs_with_weights_of_classes_and_without()
    {
        Check<SmoothedSum>("smoothed.sum", "labels");
        Check<SmoothedMean>("smoothed.mean", "labels");
        Check<SmoothedSum>("smoothed_weighted.sum", "labels", "class_weights");
        Check<SmoothedMean>("smoothed_weighted.mean", "labels", "class_weights");
    }

    private static void Check<TModel>(string name, string targets, string? weights = null)
        where TModel : class, IModel<TModel>
    {
        var (info, z) = (TModel.Info, Singles("z"));
        var isTokens = info.Loss == LossKind.SoftmaxCrossEntropy;
        var lossWeights = weights is null ? [] : Singles(weights);

        // Of each row of six targets as many as the model has.
        float[] numbers = isTokens ? [] : [.. Singles(targets).Chunk(Outputs).SelectMany(row => row.Take(info.TargetSize))];
        int[] tokens = isTokens ? [.. Golden[targets].Select(label => (int)label)] : [];
        Reference(info, name, numbers, tokens, weights is null ? null : Golden[weights]);
        RunOptions options = new()
        {
            BatchSize = 3,
            SequenceLength = Positions / 3,
            ClassWeights = isTokens ? lossWeights : [],
            PositiveWeights = isTokens ? [] : lossWeights,
        };
        foreach (var width in TestWidths.All)
        {
            var model = TestModel<TModel>.Create(width);
            using (var edit = model.Store.Edit())
            {
                for (var i = 0; i < Outputs * Outputs; i++)
                    edit.Parameters[i] = i % (Outputs + 1) == 0 ? 1 : 0;
            }

            using var pass = new RecordedPass(model.Store.Core, RunSizes.OfRecording(info, options), keepsStateGradients: false);
            var (y, dX) = (new float[z.Length], new float[z.Length]);
            pass.Forward(new SequenceBatch { X = z }, y, wantsOutputs: true);
            Assert.Equal(z, y);
            var loss = pass.BackwardFromLoss(new SequenceBatch { Targets = numbers, TargetTokens = tokens });
            pass.ReadInputGradient(dX);
            Assert.Equal(Golden[name][0], loss, 2e-7 * Golden[name][0]);
            Closeness.AssertClose(name, Golden[name + ".grad"], dX, 4e-7);

            using var evaluator = new Evaluator<TModel>(model, options);
            var all = evaluator.Evaluate(new SequenceBatch { X = z, Targets = numbers, TargetTokens = tokens });
            Assert.Equal(loss, info.Reduction == Reduction.Mean ? all.PerPosition : all.Sum, 1e-12 * loss);
        }
    }

    /// <summary>The judge of all other tests of losses agrees with PyTorch, in value and finite differences.</summary>
    private static void Reference(ModelInfo info, string name, float[] numbers, int[] tokens, double[]? weights)
    {
        double Loss(double[] z)
        {
            double[][][] outputs = [[.. z.Chunk(Outputs)]];
            return tokens.Length > 0
                ? ReferenceLoss.OfTokens(info, outputs, tokens, weights)
                : ReferenceLoss.OfVectors(
                    info, outputs, [[.. Array.ConvertAll(numbers, y => (double)y).Chunk(info.TargetSize)]], weights);
        }

        var point = Golden["z"];
        Assert.Equal(Golden[name][0], Loss(point), 1e-12 * Golden[name][0]);
        for (var i = 0; i < point.Length; i++)
            Assert.Equal(Golden[name + ".grad"][i], FiniteDifferences.Partial(Loss, point, i, 1e-5), 1e-8);
    }

    private static float[] Singles(string name) => Array.ConvertAll(Golden[name], value => (float)value);
}
