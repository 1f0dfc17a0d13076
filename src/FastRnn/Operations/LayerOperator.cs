using FastRnn.CompilerServices;
using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>What a layer computes that has no generated kernels: forward, backward and in double precision, side by side. Written once for
/// every shape; it keeps nothing between calls, so one object serves all models.</summary>
internal abstract unsafe class LayerOperator
{
    // In the order of LayerOperation: a native program would pay 2 KB for a dictionary.
    private static readonly LayerOperator?[] All =
    [
        null, new EmbeddingOperator(), new ReverseOperator(), new ConcatOperator(), new SumOperator(), new DropoutOperator(),
        new PoolLastOperator(), new PoolMeanOperator(), new PoolMaxOperator(), new DotAttentionOperator(), new AdditiveAttentionOperator(),
        new AddFirstOperator(), new ActivationOperator(), new ScaleOperator(), new SkipOperator(),
    ];

    /// <summary>What computes an operation; null for generated kernels.</summary>
    public static LayerOperator? Of(LayerOperation operation) => All[(int)operation];

    /// <summary>Whether it looks from each step at all steps of the source.</summary>
    public virtual bool IsAttention => false;

    /// <summary>Whether each step is made of the same step alone, so that a pass can begin where another one stopped.</summary>
    public virtual bool IsStepwise => false;

    /// <summary>Whether a stream can have its output step by step.</summary>
    public virtual bool CanStream => IsStepwise;

    /// <summary>Whether it would only copy, so that there is no such step: its readers read what it reads.</summary>
    /// <param name="isTraining">Whether the run is one of training.</param>
    /// <param name="isStream">Whether steps come one by one, and nothing besides.</param>
    public virtual bool IsCopy(bool isTraining, bool isStream) => false;

    /// <summary>The outputs of a worker's rows.</summary>
    public abstract void Forward(ForwardPass pass, LayerStep step, int worker);

    /// <summary>The gradients of what the layer reads (<see cref="BackwardPass.Edge"/>), from those of its outputs
    /// (<see cref="BackwardPass.Gradients"/>).</summary>
    public abstract void Backward(BackwardPass pass, LayerStep step, int worker);

    /// <summary>The same as <see cref="Forward"/> for one sequence, in double precision: <c>[step][...]</c>.</summary>
    public abstract double[][] Reference(ReferenceStep step);

    /// <summary>How many steps of a row a worker looks at.</summary>
    protected static int Steps(BatchPlan plan, LayerStep step, int worker, int row) => plan[step.Time].StepsOf(plan.Part(worker), row);

    /// <summary>The length of a layer's output, padded.</summary>
    protected static int Floats(LayerStep step) => step.OutputStride;

    /// <summary>Copies all steps of a row.</summary>
    protected static void Copy(in SequenceRows from, in SequenceRows to, int row, int steps, int floats)
    {
        for (var t = 0; t < steps; t++)
        {
            VectorRows.Copy(from.At(t, row), to.At(t, row), floats);
        }
    }
}
