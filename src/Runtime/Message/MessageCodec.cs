using System.Buffers;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Message;

/// <summary>Messages: a frame body and a short check, without a header.</summary>
internal static class MessageCodec
{
    /// <summary>Writes a message.</summary>
    /// <param name="engine">Computes.</param>
    /// <param name="content">The content; may be empty.</param>
    /// <param name="options">What both sides agreed on.</param>
    /// <param name="cancel">Cancels; checked in every step of the model.</param>
    /// <exception cref="LimitExceededException">The content is longer than the options allow.</exception>
    public static byte[] Compress(
        NacrithEngine engine, ReadOnlySpan<byte> content, MessageOptions options, CancellationToken cancel)
    {
        options.Validate();
        if (content.Length > options.MaxContent)
        {
            throw new LimitExceededException(
                $"The content of {content.Length} bytes is longer than the {options.MaxContent} that a message may have.");
        }

        var compressor = new FrameCompressor(Profiles.OfLevel(options.Level), options.Dictionary);
        CompressedFrame frame;
        using (var turn = engine.Enter(cancel))
        {
            frame = compressor.Compress(content, BodyContainer.Message, turn, Tracker(cancel));
        }

        var message = new ArrayBufferWriter<byte>();
        BodyWriter.Write(message, frame.Body(content), BodyContainer.Message);
        MessageCheck.Write(message, content, options.CheckLength);
        return message.WrittenSpan.ToArray();
    }

    /// <summary>Reads a message.</summary>
    /// <param name="engine">Computes.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">What both sides agreed on.</param>
    /// <param name="cancel">Cancels; checked in every step of the model.</param>
    /// <exception cref="NacrithException">
    /// The message is damaged, holds too much, or needs a dictionary or a newer version.
    /// </exception>
    public static byte[] Decompress(
        NacrithEngine engine, ReadOnlySpan<byte> message, MessageOptions options, CancellationToken cancel)
    {
        options.Validate();
        var length = MessageCheck.BodyLength(message, options.CheckLength);
        var body = FrameBody.Read(message[..length].ToArray(), BodyContext.ForMessage(options.MaxContent));
        var tag = body.Head.Tag;
        if (tag.HasDictionary && options.Dictionary is null)
        {
            throw new DictionaryMismatchException("The message was made with a dictionary, and none is given.");
        }

        var content = tag.Kind == BodyKind.Stored
            ? body.Stored.ToArray()
            : Decompress(engine, body, options, cancel);
        MessageCheck.Verify(message, content, options.CheckLength);
        return content;
    }

    private static byte[] Decompress(
        NacrithEngine engine, FrameBody body, MessageOptions options, CancellationToken cancel)
    {
        var tag = body.Head.Tag;
        var profile = Profiles.Of(tag.Profile);
        var decompressor = new FrameDecompressor(profile, tag.HasDictionary ? options.Dictionary : null);
        try
        {
            using var turn = engine.Enter(cancel);
            return decompressor.Decompress(body, options.MaxContent, turn, Tracker(cancel));
        }
        catch (CorruptArchiveException exception)
        {
            throw new CorruptArchiveException(
                "The message is damaged, or was made with another model, dictionary or check length.", exception);
        }
    }

    private static FrameTracker Tracker(CancellationToken cancel) => new ProgressTracker(null).Begin(cancel);
}
