using FastRnn.Data;

namespace FastRnn.Execution;

/// <summary>Whether targets are of the kind that the losses of a model want.</summary>
internal static class TargetCheck
{
    /// <exception cref="InvalidOperationException">The model declares no loss, or there are targets of the other kind.</exception>
    public static void Kinds(ModelInfo info, in SequenceBatch batch)
    {
        if (info.Loss == LossKind.None)
        {
            throw new InvalidOperationException($"{info.Name} declares no loss: give gradients of your own.");
        }

        BatchCheck.Check(
            info.Loss == LossKind.Ctc || batch.TargetLengths.IsEmpty, "TargetLengths",
            $"{info.Name} is trained with {info.Loss}, got {batch.TargetLengths.Length} elements");

        if ((info.TargetSize == 0 && !batch.Targets.IsEmpty) || (info.TargetTokenCount == 0 && !batch.TargetTokens.IsEmpty))
        {
            throw new InvalidOperationException(info.TargetSize == 0
                ? $"{info.Name} is trained with {info.Loss}: its targets are "
                    + $"{(info.Loss == LossKind.Ctc ? "labels" : "tokens " + Tokens(info))}, not numbers."
                : $"{info.Name} is trained with {info.Loss}: its targets are numbers "
                    + $"[T, B, {(info.TargetSize == info.OutputSize ? "O" : info.TargetSize)}], not tokens.");
        }
    }

    private static string Tokens(ModelInfo info) => info.TargetTokenCount == 1 ? "[T, B]" : $"[T, B, {info.TargetTokenCount}]";
}
