using System.Runtime.CompilerServices;

using FastRnn.CompilerServices;
using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>A single step of all streams, after one that was just so: the arguments of its kernels are made, and what is left to do stands
/// side by side.</summary>
/// <remarks>A step of a small layer is a chain of operations that wait for each other, 60 ns long at 16 units. A CPU does the rest of a
/// call beside it, and that of the next call up to its sums, if this is a hundred instructions and not several hundred.</remarks>
internal sealed unsafe class PreparedStep
{
    private readonly delegate*<int, SimdWidth, in LayerCall, void> kernel;
    private readonly SimdWidth width;
    private readonly Layer[] layers;
    private readonly StreamSlots slots;
    private readonly StateBuffer* output;
    private readonly int inputs;
    private readonly int rows;
    private readonly int outputSize;
    private readonly int outputStride;

    private PreparedStep(Workspace workspace, LayerStep[] steps, StreamSlots slots)
    {
        var info = workspace.Info;
        kernel = workspace.Model.Kernels.Forward;
        (width, this.slots) = (workspace.Model.Width, slots);
        (rows, inputs) = (workspace.Sizes.Batch, workspace.Sizes.Batch * info.InputSize);
        (outputSize, outputStride) = (info.OutputSize, Padding.RoundUp(info.OutputSize));
        output = workspace[workspace.OutputSource].States;
        layers = new Layer[steps.Length];
        for (var l = 0; l < steps.Length; l++)
        {
            var (index, source) = (steps[l].Index, steps[l].Source);
            layers[l] = new Layer(
                (LayerCall*)Unsafe.AsPointer(ref workspace.Call(0, index)), source < 0 ? null : workspace[source].States, info.InputSize,
                index);
        }
    }

    /// <summary>The step of a run, or null if there is more in it than kernels that one worker calls and that read vectors where the user
    /// has them.</summary>
    /// <param name="workspace">The memory, after it was carved.</param>
    /// <param name="steps">Its layers of the model's own time.</param>
    /// <param name="slots">Where the states are.</param>
    public static PreparedStep? Of(Workspace workspace, LayerStep[] steps, StreamSlots slots)
    {
        var info = workspace.Info;
        if (!workspace.CanReadInPlace || workspace.OutputSource < 0 || info.SoftmaxOutput || info.LogSoftmaxOutput)
        {
            return null;
        }

        foreach (var step in workspace.Steps)
        {
            if (step.Time != TimeDomain.Main || (!step.IsSkipped && (step.Operator is not null || step.Source < LayerWiring.MainInput)))
            {
                return null;
            }
        }

        return new PreparedStep(workspace, steps, slots);
    }

    /// <summary>The step, unless a number of x counts as 0 and has to be copied first.</summary>
    /// <param name="x"><c>[B, I]</c>.</param>
    /// <param name="y">Receives <c>[B, O]</c>.</param>
    /// <param name="position">Steps that the stream has gone before this one, as far as they are even or odd.</param>
    /// <returns>False if nothing was done.</returns>
    public bool TryRun(float* x, float* y, int position)
    {
        if (inputs == 1 ? VectorRows.NeedsFlush(*x) : VectorRows.NeedFlush(x, inputs))
        {
            return false;
        }

        foreach (ref readonly var layer in layers.AsSpan())
        {
            var call = layer.Call;
            call->Position = position;
            if (layer.Source == null)
            {
                call->Input = x;
                call->InputStride = layer.InputSize;
            }
            else
            {
                call->Input = layer.Source->Values + layer.Source->Step;
            }

            kernel(layer.Index, width, in *call);
        }

        slots.Turn();
        RowCopy.Copy(output->Values, outputStride, y, outputSize, outputSize, rows);
        return true;
    }

    /// <summary>A layer's kernel.</summary>
    /// <param name="call">Its arguments.</param>
    /// <param name="source">The states of the layer that it reads; null if it reads the user's vectors.</param>
    /// <param name="inputSize">Floats from row to row of these.</param>
    /// <param name="index">The layer's index.</param>
    private readonly struct Layer(LayerCall* call, StateBuffer* source, int inputSize, int index)
    {
        public LayerCall* Call { get; } = call;

        public StateBuffer* Source { get; } = source;

        public int InputSize { get; } = inputSize;

        public int Index { get; } = index;
    }
}
