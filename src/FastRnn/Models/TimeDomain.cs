using System.ComponentModel;

namespace FastRnn.Models;

/// <summary>Along which time a layer runs.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public enum TimeDomain
{
    /// <summary>The model's own sequences (of an encoder and decoder: the decoder's).</summary>
    Main,

    /// <summary>The sequences that the encoder reads.</summary>
    Source,

    /// <summary>No time: one vector a sequence.</summary>
    Single,
}
