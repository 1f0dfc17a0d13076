using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace FastRnn.CompilerServices;

/// <summary>Along which time a layer runs.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public enum TimeDomain
{
    /// <summary>The model's own sequences (of an encoder and decoder: the decoder's).</summary>
    Main,

    /// <summary>The sequences that the encoder reads.</summary>
    Source,

    /// <summary>No time: one vector a sequence.</summary>
    [SuppressMessage(
        "Naming", "CA1720:Identifiers should not contain type names", Justification = "One vector: nothing here is a number's type.")]
    Single,
}
