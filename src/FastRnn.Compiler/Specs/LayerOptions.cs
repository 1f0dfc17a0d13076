namespace FastRnn.Compiler;

/// <summary>What <see cref="LayerAttribute{TCell}"/> says of a recurrent layer besides its cell and its size.</summary>
public sealed record LayerOptions
{
    /// <inheritdoc cref="LayerAttribute{TCell}.Dimensions"/>
    public IReadOnlyList<int> Dimensions { get; init; } = [];

    /// <inheritdoc cref="LayerAttribute{TCell}.Bidirectional"/>
    public bool Bidirectional { get; init; }

    /// <inheritdoc cref="LayerAttribute{TCell}.Backward"/>
    public bool Backward { get; init; }

    /// <inheritdoc cref="LayerAttribute{TCell}.Merge"/>
    public Merge Merge { get; init; } = Merge.Concat;

    /// <inheritdoc cref="LayerAttribute{TCell}.RecurrentDropout"/>
    public double RecurrentDropout { get; init; }

    /// <inheritdoc cref="LayerAttribute{TCell}.Zoneout"/>
    public double Zoneout { get; init; }

    /// <inheritdoc cref="LayerAttribute{TCell}.StateZoneout"/>
    public IReadOnlyList<double> StateZoneout { get; init; } = [];

    /// <inheritdoc cref="LayerAttribute{TCell}.InitialState"/>
    public InitialState InitialState { get; init; } = InitialState.Zero;

    /// <inheritdoc cref="LayerAttribute{TCell}.InitialScale"/>
    public double InitialScale { get; init; } = 0.1;

    /// <summary>The attribute; what is as usual is not said.</summary>
    internal string Attribute(string cell, int hiddenSize)
    {
        ArgumentNullException.ThrowIfNull(Dimensions);
        ArgumentNullException.ThrowIfNull(StateZoneout);
        var usual = new LayerOptions();
        var settings = new List<object> { hiddenSize };
        settings.AddRange(Dimensions.Cast<object>());
        Add(nameof(Bidirectional), Bidirectional, usual.Bidirectional);
        Add(nameof(Backward), Backward, usual.Backward);
        Add(nameof(Merge), Merge, usual.Merge);
        Add(nameof(RecurrentDropout), RecurrentDropout, usual.RecurrentDropout);
        Add(nameof(Zoneout), Zoneout, usual.Zoneout);
        if (StateZoneout.Count > 0)
            settings.Add(new ModelPart.Setting(nameof(StateZoneout), StateZoneout));
        Add(nameof(InitialState), InitialState, usual.InitialState);
        Add(nameof(InitialScale), InitialScale, usual.InitialScale);
        return ModelPart.Of($"Layer<{cell}>", [.. settings]);

        void Add(string name, object value, object standard)
        {
            if (!value.Equals(standard))
                settings.Add(new ModelPart.Setting(name, value));
        }
    }
}
