namespace FastRnn.Data;

/// <summary>What stands in the outputs at a masked step.</summary>
public enum MaskedOutput
{
    /// <summary>The output of the step before, as the state is held there; zeros before the first step that is not masked. So does a
    /// recurrent layer of Keras 2 and 3, unless its <c>zero_output_for_mask</c> is set.</summary>
    Hold,

    /// <summary>Zeros: Keras' <c>zero_output_for_mask</c>, which its <c>Bidirectional</c> sets for both of its layers.</summary>
    Zero,
}
