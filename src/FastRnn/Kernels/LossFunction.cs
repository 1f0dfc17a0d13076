namespace FastRnn.Kernels;

/// <summary>A model's loss over a block of time: which kernel, which scale, which order.</summary>
internal static unsafe class LossFunction
{
    /// <summary>Losses and gradients of the positions of <paramref name="call"/>.</summary>
    /// <param name="kind">Not <see cref="LossKind.None"/>.</param>
    /// <param name="width">The vector width.</param>
    /// <param name="call">Rows and sizes.</param>
    /// <param name="tokens"><c>[T, B]</c>: the targets of a softmax.</param>
    /// <param name="targets"><c>[T, B, N]</c>: the targets of the other losses, one for each output: a target of
    /// several quantiles once for each of them.</param>
    public static void Run(LossKind kind, SimdWidth width, in LossCall call, int* tokens, in SequenceRows targets)
    {
        switch (kind)
        {
            case LossKind.SoftmaxCrossEntropy:
                Softmax.CrossEntropy(width, call, tokens);
                break;
            case LossKind.SigmoidBinaryCrossEntropy when call.OutputNumbers != null:
                ElementLoss<WeightedBinaryCrossEntropy>.Run(width, call, targets);
                break;
            case LossKind.SigmoidBinaryCrossEntropy:
                ElementLoss<BinaryCrossEntropy>.Run(width, call, targets);
                break;
            case LossKind.MeanSquaredError:
                ElementLoss<SquaredError>.Run(width, call, targets);
                break;
            case LossKind.MeanAbsoluteError:
                ElementLoss<AbsoluteError>.Run(width, call, targets);
                break;
            case LossKind.Huber:
                ElementLoss<HuberError>.Run(width, call, targets);
                break;
            case LossKind.Quantile:
                ElementLoss<PinballError>.Run(width, call, targets);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "The model declares no loss.");
        }
    }

    /// <summary>What the gradient of each position is multiplied by.</summary>
    public static float Scale(Reduction reduction, int steps, int batch) =>
        reduction == Reduction.Mean ? (float)(1.0 / ((double)steps * batch)) : 1f;
}
