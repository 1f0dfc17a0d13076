using FastRnn.CompilerServices;
using FastRnn.Memory;

namespace FastRnn.Parameters;

/// <summary>The parameters of a model in both of their forms: the canonical copy, which users, optimizers and files see, and the panels
/// that kernels read. It does not know the model's class, so that everything behind the public door is compiled once. The canonical copy is
/// managed memory: a span of it stays valid as long as the span.</summary>
internal sealed unsafe class ParameterStore : IDisposable
{
    private readonly Lock panelsLock = new();
    private readonly Lock parametersLock = new();
    private Arena? forwardArena;
    private PackedWeights? forward;
    private Arena? backwardArena;
    private PackedWeights? backward;
    private CanonicalCopy? canonical;

    private int users = 1;
    private bool isClosed;

    // Embedded weights may be in the kernels' order. Then there are panels from the beginning and, if the model has one, the embedding;
    // the canonical copy is made when it is first asked for.
    private nint embedding;

    /// <summary>Takes memory; the parameters are zero, or those of the assembly.</summary>
    /// <param name="kernels">The model.</param>
    /// <param name="width">The vector width; not <see cref="SimdWidth.Auto"/>.</param>
    /// <param name="isEmbedded">Whether the assembly's weights are taken.</param>
    /// <param name="isCleared">Whether parameters are zero otherwise; if not, the caller writes all of them.</param>
    /// <exception cref="InvalidOperationException">The assembly has no weights for this model.</exception>
    public ParameterStore(ModelKernels kernels, SimdWidth width, bool isEmbedded, bool isCleared = true)
    {
        (Kernels, Width, Changes) = (kernels, width, new ChangeMark(kernels.Info.Name));
        if (isEmbedded && kernels.Weights.PanelWidth == width)
        {
            var panels = new PackedWeights(Info, width, l => l.Forward);
            forwardArena = new Arena((ref ArenaLayout layout) =>
            {
                embedding = (nint)layout.Floats(Padding.RoundUp(Info.EmbeddingParameters));
                panels.Carve(ref layout);
            });
            EmbeddedPanels.Copy(
                Info, kernels.Weights, Lanes, new((float*)embedding, Info.EmbeddingParameters), panels.Addresses);
            forward = panels;
            return;
        }

        var copy = new CanonicalCopy(Info.ParameterCount, isCleared);
        if (isEmbedded)
        {
            Unpack(copy.Values);
        }

        Publish(copy);
    }

    /// <summary>The kernels.</summary>
    public ModelKernels Kernels { get; }

    /// <summary>Layers, parameters and sizes.</summary>
    public ModelInfo Info => Kernels.Info;

    /// <summary>The vector width of the kernels.</summary>
    public SimdWidth Width { get; }

    /// <summary>Whether the parameters are changing.</summary>
    public ChangeMark Changes { get; }

    /// <summary>Floats of a vector.</summary>
    public int Lanes => SimdWidths.Lanes(Width);

    /// <summary>All learned numbers in canonical order.</summary>
    public Span<float> Parameters => (Volatile.Read(ref canonical) ?? MakeCanonical()).Values;

    /// <summary>Whether the canonical copy exists.</summary>
    public bool HasParameters => Volatile.Read(ref canonical) is not null;

    /// <summary>Where it begins.</summary>
    public float* ParameterAddress => (Volatile.Read(ref canonical) ?? MakeCanonical()).Address;

    /// <summary>The embedding table, for those who read nothing else.</summary>
    public float* EmbeddingAddress => (float*)Volatile.Read(ref embedding);

    /// <summary>One parameter of a layer, row-major.</summary>
    public float* Parameter(int layer, int index) =>
        ParameterAddress + Info.Layers[layer].ParameterOffset + Info.Layers[layer].Parameters[index].Offset;

    /// <summary>The forward panels of a layer; <see cref="PrepareForward"/> comes before.</summary>
    public float* ForwardWeights(int layer) => forward!.Layer(layer);

    /// <summary>The backward panels of a layer; <see cref="PrepareBackward"/> comes before.</summary>
    public float* BackwardWeights(int layer) => backward!.Layer(layer);

    /// <summary>Packs all parameters into the panels that there are by now: those that come later are packed when they are made.</summary>
    public void Pack()
    {
        var parameters = ParameterAddress;
        lock (panelsLock)
        {
            forward?.Pack(parameters, 0, 1);
            backward?.Pack(parameters, 0, 1);
        }
    }

    /// <summary>Packs what changed from <paramref name="begin"/> to <paramref name="end"/>, but for vectors.</summary>
    public void Repack(int begin, int end)
    {
        forward?.Repack(ParameterAddress, begin, end);
        backward?.Repack(ParameterAddress, begin, end);
    }

    /// <summary>The share of one of several workers in what <see cref="Repack"/> leaves.</summary>
    public void RepackVectors(int worker, int workers)
    {
        forward?.PackVectors(ParameterAddress, worker, workers);
        backward?.PackVectors(ParameterAddress, worker, workers);
    }

    /// <summary>Makes the panels of the forward pass, unless they exist; from the first call on they are kept up to date. A model whose
    /// sessions all have rounded weights needs none.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public void PrepareForward() => Prepare(ref forward, ref forwardArena, l => l.Forward);

    /// <summary>The same for what passes back.</summary>
    /// <inheritdoc cref="PrepareForward"/>
    public void PrepareBackward() => Prepare(ref backward, ref backwardArena, l => l.Backward);

    /// <summary>This, for whatever begins to use the model.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public ParameterStore Open()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref isClosed), typeof(IModel<>));
        return this;
    }

    /// <summary>Counts a run that reads these panels.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public ParameterStore Hold()
    {
        lock (panelsLock)
        {
            Open();
            users++;
        }

        return this;
    }

    /// <summary>A run ended. The last one out, the model itself among them, gives the panels' memory back.</summary>
    public void Release()
    {
        lock (panelsLock)
        {
            if (--users == 0)
            {
                forwardArena?.Dispose();
                backwardArena?.Dispose();
            }
        }
    }

    /// <summary>The user begins to change parameters.</summary>
    /// <returns>What <see cref="EndEdit"/> wants to see.</returns>
    /// <exception cref="InvalidOperationException">Another edit has not ended.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public int BeginEdit()
    {
        // The model may be disposed of meanwhile; panels are there until the edit has packed them.
        Hold();
        try
        {
            var edit = Changes.BeginChange();
            _ = ParameterAddress;
            return edit;
        }
        catch (InvalidOperationException)
        {
            Release();
            throw;
        }
    }

    /// <summary>The user has changed parameters. An edit that ended before is nothing.</summary>
    public void EndEdit(int edit)
    {
        if (!Changes.IsCurrent(edit))
        {
            return;
        }

        try
        {
            Pack();
        }
        finally
        {
            Changes.EndChange(edit);
            Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (panelsLock)
        {
            if (isClosed)
            {
                return;
            }

            isClosed = true;
        }

        Release();
    }

    private void Prepare(
        ref PackedWeights? panels, ref Arena? arena, Func<LayerLayout, IReadOnlyList<PanelInfo>> direction)
    {
        lock (panelsLock)
        {
            // Asking for the parameters would make their canonical copy, which embedded panels do not need.
            if (panels is not null)
            {
                return;
            }

            Open();
            var made = new PackedWeights(Info, Width, direction);
            arena = new Arena(made.Carve);
            made.Pack(ParameterAddress, 0, 1);
            panels = made;
        }
    }

    private CanonicalCopy MakeCanonical()
    {
        lock (parametersLock)
        {
            if (canonical is null)
            {
                var made = new CanonicalCopy(Info.ParameterCount);
                Unpack(made.Values);
                Publish(made);
            }

            return canonical!;
        }
    }

    /// <summary>Training will change the embedding here, so from now on it is read here.</summary>
    private void Publish(CanonicalCopy copy)
    {
        Volatile.Write(ref embedding, (nint)copy.Address);
        Volatile.Write(ref canonical, copy);
    }

    private void Unpack(Span<float> parameters)
    {
        var width = Kernels.Weights.PanelWidth is SimdWidth.Auto ? SimdWidth.Bits128 : Kernels.Weights.PanelWidth;
        EmbeddedPanels.Unpack(Info, Kernels.Weights, SimdWidths.Lanes(width), parameters);
    }
}
