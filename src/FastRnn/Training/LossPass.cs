using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Training;

/// <summary>The declared loss over the outputs of a workspace: a loss for each position, and the gradient of each output.</summary>
internal sealed unsafe partial class LossPass<TModel>(Workspace<TModel> workspace)
    where TModel : Model<TModel>, IModel<TModel>
{
    private int* tokens;
    private float* vectors;
    private double* losses;
    private float* weights;

    private static ModelInfo Info => TModel.Info;

    /// <summary>Takes this pass's part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        var positions = (nint)workspace.StepsOf(Info.OutputDomain) * workspace.Batch;
        var isClassification = Info.Loss == LossKind.SoftmaxCrossEntropy;
        tokens = layout.Ints(isClassification ? positions : 0);
        vectors = layout.Floats(isClassification ? 0 : checked(positions * Info.OutputSize));
        losses = layout.Take<double>(positions);
        weights = layout.Floats(positions);
    }

    /// <summary>Checks and keeps targets that are tokens, <c>[T, B]</c>.</summary>
    public void SetTargets(ReadOnlySpan<int> targets, int steps)
    {
        if (Info.Loss != LossKind.SoftmaxCrossEntropy)
        {
            throw new InvalidOperationException($"{Info.Name} is trained with {Info.Loss}: its targets are numbers [T, B, O], not tokens.");
        }

        Door.Length(targets.Length, (long)steps * workspace.Batch, nameof(targets), "[T, B]");
        Door.Vocabulary(targets, Info.OutputSize, nameof(targets), workspace.Batch);
        targets.CopyTo(new Span<int>(tokens, targets.Length));
    }

    /// <summary>Checks and keeps targets that are numbers, <c>[T, B, O]</c>.</summary>
    public void SetTargets(ReadOnlySpan<float> targets, int steps)
    {
        if (Info.Loss == LossKind.SoftmaxCrossEntropy)
        {
            throw new InvalidOperationException($"{Info.Name} is trained with {Info.Loss}: its targets are tokens [T, B], not numbers.");
        }

        Door.Length(targets.Length, (long)steps * workspace.Batch * Info.OutputSize, nameof(targets), "[T, B, O]");
        targets.CopyTo(new Span<float>(vectors, targets.Length));
    }

    /// <summary>Losses and gradients of some rows.</summary>
    /// <param name="dOutput">Receives the gradient of the outputs, padded rows; may be the outputs themselves.</param>
    /// <param name="steps">T.</param>
    /// <param name="rowBegin">The first row.</param>
    /// <param name="rowEnd">One past the last row.</param>
    /// <param name="scale">What gradients are multiplied by; 0 takes what the model's reduction says for <paramref name="steps"/> steps.</param>
    public void Run(float* dOutput, int steps, int rowBegin, int rowEnd, float scale = 0) =>
        Run(dOutput, 0, steps, rowBegin, rowEnd, scale > 0 ? scale : LossFunction.Scale(Info.Reduction, steps, workspace.Batch));

    /// <summary>The sum over all positions, in one order whoever computed them.</summary>
    public double Sum(int steps) => LossFunction.Sum(losses, steps, workspace.Batch);

    private void Run(float* dOutput, int from, int to, int rowBegin, int rowEnd, float scale)
    {
        var stride = Padding.RoundUp(Info.OutputSize);
        var batch = workspace.Batch;
        var first = (nint)from * batch;
        var call = new LossCall
        {
            Logits = new SequenceRows(workspace.Output + (first * stride), (nint)batch * stride, stride),
            Gradient = new SequenceRows(dOutput + (first * stride), (nint)batch * stride, stride),
            Losses = losses + first,
            Steps = to - from,
            Batch = batch,
            RowBegin = rowBegin,
            RowEnd = rowEnd,
            Outputs = Info.OutputSize,
            Scale = scale,
        };
        var targets = new SequenceRows(vectors + (first * Info.OutputSize), (nint)batch * Info.OutputSize, Info.OutputSize);
        LossFunction.Run(Info.Loss, workspace.Model.Width, in call, tokens + first, in targets);
    }

    /// <summary>The loss of a position <c>t B + b</c>.</summary>
    public double Of(int position) => losses[position];
}
