namespace FastRnn.Interchange.Networks;

/// <summary>The three recurrent layers that every format knows.</summary>
internal enum RecurrentKind
{
    /// <summary>h = f(W x + U h + b): one gate, "h".</summary>
    Rnn,

    /// <summary>Gates "i", "f", "g" (the candidate; ONNX and Keras call it c), "o".</summary>
    Lstm,

    /// <summary>Gates "z" (update), "r" (reset), "n" (candidate): h = (1 - z) n + z h.</summary>
    Gru,
}
