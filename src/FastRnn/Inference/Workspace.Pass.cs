using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <content>The pass: the user's input, the layers, the user's output. In streams it runs for every sample, so what it needs to know is looked
/// up once (shared generic code looks up a static member of TModel in every call), and the layers' arguments stay where they are from pass to pass.</content>
internal sealed unsafe partial class Workspace<TModel>
{
    /// <summary>Steps from which on it pays to read the weights of x once for all of them.</summary>
    private const int FewestHoisted = 3;

    private readonly delegate*<int, SimdWidth, in LayerCall, void> forward = &TModel.Forward;
    private readonly bool[] mergesSteps = [.. TModel.Info.Layers.Select(l => !l.IsRecurrent)];
    private readonly bool[] hoists = [.. TModel.Info.Layers.Select(l => l.HoistFloats > 0)];
    private readonly InputKind inputKind = TModel.Info.Input;
    private readonly int inputSize = TModel.Info.InputSize;
    private readonly int outputSize = TModel.Info.OutputSize;
    private readonly int outputStride = Padding.RoundUp(TModel.Info.OutputSize);
    private readonly bool normalizes = TModel.Info.SoftmaxOutput;

    /// <summary>Whether the first layer reads the user's own vectors, and nobody asks for them after the pass.</summary>
    private readonly bool readsInPlace;
    private readonly int inputStride;
    private float* settled;
    private LayerCall* calls;

    /// <summary>The vectors that a pass reads. Where they are read in place and one of them holds a number that counts as 0, a copy without such numbers.</summary>
    /// <param name="x"><c>[T, B, I]</c> without padding, or null if the input is <see cref="Tokens"/>.</param>
    /// <param name="steps">T.</param>
    public float* Settle(float* x, int steps)
    {
        var floats = (nint)steps * Batch * inputSize;
        if (!readsInPlace || !VectorRows.NeedFlush(x, floats))
        {
            return x;
        }

        VectorRows.CopyFlushed(x, settled, floats);
        return settled;
    }

    /// <summary>Gives some rows of the user's input to the first layer: vectors flushed as states are (<see cref="Settle"/>), tokens by their rows of
    /// the embedding. A one-hot token is not expanded unless the first layer's cell does more with its input than multiply it.</summary>
    /// <param name="x"><c>[T, B, I]</c> without padding, or null if the input is <see cref="Tokens"/>.</param>
    /// <param name="steps">T.</param>
    /// <param name="rowBegin">The first row.</param>
    /// <param name="rowEnd">One past the last row.</param>
    public void Gather(float* x, int steps, int rowBegin, int rowEnd)
    {
        if (readsInPlace)
        {
            // All workers write the same address.
            layers[0].Input = x;
            return;
        }

        var input = layers[0].Input;
        if (inputKind == InputKind.Embedding)
        {
            var embedded = new SequenceRows(input, (nint)Batch * inputStride, inputStride);
            EmbeddingRows.Gather(rounded is null ? Model.EmbeddingAddress : rounded.Embedding, inputSize, Tokens, steps, Batch, in embedded, rowBegin, rowEnd);
            return;
        }

        for (var t = 0; t < steps && input != null; t++)
        {
            var first = ((nint)t * Batch) + rowBegin;
            if (inputKind == InputKind.Vector)
            {
                for (var row = first; row < first + rowEnd - rowBegin; row++)
                {
                    VectorRows.CopyFlushed(x + (row * inputSize), input + (row * inputStride), inputSize);
                }
            }
            else
            {
                OneHot(input, first, rowEnd - rowBegin);
            }
        }
    }

    /// <summary>Runs all layers over <paramref name="steps"/> steps of some rows. Rows do not depend on each other, so workers need not wait.</summary>
    /// <param name="worker">Whose scratch is used.</param>
    /// <param name="steps">T.</param>
    /// <param name="rowBegin">The first row.</param>
    /// <param name="rowEnd">One past the last row.</param>
    /// <param name="parts">1, or the number of workers among which the units are split: then all take the same rows, and wait for each other.</param>
    public void Forward(int worker, int steps, int rowBegin, int rowEnd, int parts = 1)
    {
        if (rowBegin == rowEnd)
        {
            // More workers than rows. The kernel of a single row does not ask.
            return;
        }

        for (var l = 0; l < layers.Length; l++)
        {
            ref var call = ref calls[((nint)worker * layers.Length) + l];
            call.Steps = steps;
            call.Batch = Batch;
            call.RowBegin = rowBegin;
            call.RowEnd = rowEnd;
            call.Input = layers[l].Input;
            call.Part = parts == 1 ? 0 : worker;
            call.Parts = parts;
            call.Position = position;
            call.Hoisted = Batch == 1 && steps >= FewestHoisted && hoists[l] ? hoisted : null;
            if (mergesSteps[l] && steps > 1 && rowEnd - rowBegin == Batch && !call.BFloat16)
            {
                // Nothing is carried from step to step: all steps are rows of one.
                call.Batch = call.RowEnd = steps * Batch;
                call.Steps = 1;
            }

            forward(l, Model.Width, in call);
        }
    }

    /// <summary>Waits for the workers that share the units.</summary>
    public void Meet(int parts) => barrier->Meet(parts);

    /// <summary>Copies the outputs of some rows to the user, normalised in place if the model says so: no step reads a dense layer's output back.</summary>
    /// <param name="steps">T.</param>
    /// <param name="rowBegin">The first row.</param>
    /// <param name="rowEnd">One past the last row.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>, dense.</param>
    public void CopyOutputs(int steps, int rowBegin, int rowEnd, float* y)
    {
        var rows = rowEnd - rowBegin;
        if (rows == Batch)
        {
            rows *= steps;
            steps = 1;
        }

        for (var t = 0; t < steps; t++)
        {
            var first = ((nint)t * Batch) + rowBegin;
            var from = Output + (first * outputStride);
            for (var row = 0; row < rows && normalizes; row++)
            {
                Softmax.Normalize(Model.Width, from + ((nint)row * outputStride), outputSize);
            }

            RowCopy.Copy(from, outputStride, y + (first * outputSize), outputSize, outputSize, rows);
        }
    }

    private void OneHot(float* input, nint first, int rows)
    {
        for (var row = first; row < first + rows; row++)
        {
            var to = new Span<float>(input + (row * inputStride), inputSize);
            to.Clear();
            to[Tokens[row]] = 1;
        }
    }

    /// <summary>The layers' arguments, for each worker, as far as they are the same in every pass.</summary>
    private void CarveCalls(ref ArenaLayout layout)
    {
        layout.SeparateWorkers();
        calls = layout.Take<LayerCall>((nint)Workers * layers.Length);
        for (var worker = 0; worker < Workers && !layout.IsMeasuring; worker++)
        {
            for (var l = 0; l < layers.Length; l++)
            {
                ref var call = ref calls[((nint)worker * layers.Length) + l];
                call = Call(l, worker, 0, 0, 0);
                call.Weights = rounded is null ? Model.ForwardWeights(l) : rounded.Layer(l);
                call.BFloat16 = rounded is not null && Batch == 1;
                call.Barrier = barrier;
            }
        }
    }
}
