namespace FastRnn.Interchange.Keras.Rules;

/// <summary>One step of a recurrent layer.</summary>
internal interface ICellRule
{
    /// <summary>H.</summary>
    int Units { get; }

    /// <summary>Begins a sequence with zeros.</summary>
    void Reset();

    /// <summary>Reads x and gives the new h, which is valid until the next step.</summary>
    ReadOnlySpan<double> Step(ReadOnlySpan<double> x);
}
