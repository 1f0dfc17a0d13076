namespace FastRnn;

/// <summary>With what the recurrent layers of a decoder start. All of it hands gradients back to the encoder.</summary>
public enum Handover
{
    /// <summary>Layer k starts from all last states of the encoder's recurrent layer k, so both have the same number of layers of the
    /// same states, and none is bidirectional (Sutskever et al. 2014).</summary>
    States,

    /// <summary>Each state s starts from <c>tanh(W_s e + b_s)</c>, where e <c>[B, E]</c> is the last output of the encoder's last recurrent
    /// layer, of a bidirectional one the last output of each direction (Cho et al. 2014). Fits any two parts.</summary>
    Bridge,

    /// <summary>With zeros, or as <c>InitialState</c> of a <c>[Layer]</c> says: the decoder knows the source by attention
    /// alone.</summary>
    None,
}
