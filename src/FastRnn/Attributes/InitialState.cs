namespace FastRnn;

/// <summary>With what the states of a recurrent layer begin.</summary>
public enum InitialState
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>In training normally distributed numbers, drawn for each sequence, of standard deviation
    /// the layer's <c>InitialScale</c>; in inference zeros.</summary>
    Random,

    /// <summary>Learned: one more vector <c>[H]</c> for each state, zeros at first.</summary>
    Learned,
}
